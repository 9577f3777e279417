import { createHmac, randomBytes } from 'node:crypto';
import { HmacKey, Secret } from '@ramz/otp-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedContext } from '../domain/keys/seed-context.ts';
import { deriveKey } from './derive-key.ts';
import { Keyring } from './keyring.ts';
import { unwrapKey, wrapKey } from './wrap-key.ts';

const random = (length: number) => Secret.own(Uint8Array.from(randomBytes(length)));

describe('deriveKey (SP 800-108r1, counter mode, HMAC-SHA-256)', () => {
  it('is HMAC(KI, [1]_32 || Label || 00 || Context || [L]_32), written out with node:crypto', () => {
    const master = Buffer.alloc(32, 7);
    const derived = deriveKey(HmacKey.from('sha256', Secret.copy(master)), 'label', Buffer.from('context'), 20);
    const message = Buffer.concat([
      Buffer.from('00000001', 'hex'),
      Buffer.from('label\0context'),
      Buffer.from('000000a0', 'hex'),
    ]);
    const expected = createHmac('sha256', master).update(message).digest().subarray(0, 20);
    expect(Buffer.from(derived.expose()).equals(expected)).toBe(true);
  });

  it.each([0, 33])('refuses to derive %i bytes', (bytes) => {
    expect(() => deriveKey(HmacKey.from('sha256', random(32)), '', new Uint8Array(), bytes)).toThrow(RangeError);
  });
});

describe('the context of a seed', () => {
  const IDENTITY = {
    bank: 'maskan',
    subject: 'ab',
    enrolment_id: 'cd',
    purpose: 'first-pin',
    generation: 1,
    epoch: 12,
  } as const;

  it('a character that moves from one field to the next makes other bytes', () => {
    const texts = fc.tuple(
      fc.string({ minLength: 1, maxLength: 6 }),
      fc.string({ maxLength: 6 }),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(texts, ([bank, subject, enrolment_id]) => {
        const context = seedContext({ ...IDENTITY, bank, subject, enrolment_id });
        const moved = { bank: bank.slice(0, -1), subject: bank.slice(-1) + subject, enrolment_id };
        expect(Buffer.from(seedContext({ ...IDENTITY, ...moved })).equals(context)).toBe(false);
      }),
    );
    const [a, b] = [
      seedContext({ ...IDENTITY, generation: 1, epoch: 12 }),
      seedContext({ ...IDENTITY, generation: 11, epoch: 2 }),
    ];
    expect(Buffer.from(a).equals(b)).toBe(false);
  });

  it('every field counts', () => {
    const others = [
      { bank: 'x' },
      { subject: 'x' },
      { enrolment_id: 'x' },
      { purpose: 'second-pin' },
      { generation: 2 },
      { epoch: 2 },
    ] as const;
    const all = [IDENTITY, ...others.map((other) => ({ ...IDENTITY, ...other }))].map((one) =>
      Buffer.from(seedContext(one)).toString('hex'),
    );
    expect(new Set(all).size).toBe(7);
  });
});

describe('wrapped keys', () => {
  const name = { realm: 'test', name: 'seed-master', version: 1 };

  it('open under their root key and name only', () => {
    const [root, key] = [random(32), random(32)];
    const wrapped = wrapKey(root, name, key, randomBytes);
    expect(Buffer.from(unwrapKey(root, name, wrapped).expose()).equals(key.expose())).toBe(true);
    for (const other of [
      { ...name, realm: 'live' },
      { ...name, name: 'card-index' },
      { ...name, version: 2 },
    ]) {
      expect(() => unwrapKey(root, other, wrapped)).toThrow('does not open');
    }
    expect(() => unwrapKey(random(32), name, wrapped)).toThrow('does not open');
  });

  it('a keyring opens under its root key, in its realm, and with its own check values', () => {
    const root = random(32);
    const wrapped = Keyring.make(root, 'test', randomBytes);
    expect(() => Keyring.open(root, 'test', wrapped)).not.toThrow();
    expect(() => Keyring.open(random(32), 'test', wrapped)).toThrow('does not open');
    expect(() => Keyring.open(root, 'live', wrapped)).toThrow('no live key');
    const changed = wrapped.map((key) => ({ ...key, kcv: '0000000000' }));
    expect(() => Keyring.open(root, 'test', changed)).toThrow('check value');
  });
});
