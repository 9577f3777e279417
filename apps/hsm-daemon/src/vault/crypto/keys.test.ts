import { createHmac, randomBytes } from 'node:crypto';
import type { KeyState } from '@ramz/custody';
import { HmacKey, Secret, secretBytes } from '@ramz/otp-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEED_LABEL, type SeedIdentity, seedContext } from '../domain/keys/key-contexts.ts';
import { moveKey } from '../domain/keys/key-record.ts';
import { deriveKey } from './derive-key.ts';
import { Keyring, makeKeys, rewrapKeys } from './keyring.ts';
import { unwrapKey, wrapKey } from './wrap-key.ts';

const random = (length: number) => Secret.own(Uint8Array.from(randomBytes(length)));

describe('deriveKey (SP 800-108r1, counter mode, HMAC-SHA-256)', () => {
  it('equals HMAC(KI, [1]_32 || Label || 00 || Context || [L]_32) by node:crypto, each field after its length', () => {
    const master = Buffer.alloc(32, 7);
    const derived = deriveKey(
      HmacKey.from('sha256', Secret.copy(master)),
      'label',
      ['con', '', 'text'],
      secretBytes(20),
    );
    const message = Buffer.concat([
      Buffer.from('00000001', 'hex'),
      Buffer.from('label\0'),
      Buffer.from('\0\x03con\0\0\0\x04text'),
      Buffer.from('000000a0', 'hex'),
    ]);
    const expected = createHmac('sha256', master).update(message).digest().subarray(0, 20);
    expect(Buffer.from(derived.expose()).equals(expected)).toBe(true);
  });

  it.each([0, 33])('rejects a length of %i bytes', (bytes) => {
    expect(() => deriveKey(HmacKey.from('sha256', random(32)), '', [], secretBytes(bytes))).toThrow(RangeError);
  });
});

describe('a seed', () => {
  const master = HmacKey.from('sha256', random(32));
  const seedOf = (identity: SeedIdentity) =>
    Buffer.from(deriveKey(master, SEED_LABEL, seedContext(identity), secretBytes(20)).expose()).toString('hex');
  const IDENTITY = {
    bank: 'maskan',
    subject: 'ab',
    enrolmentId: 'cd',
    purpose: 'first-pin',
    generation: 1,
    epoch: 12,
  } as const;

  it('changes when a character moves from one field to the next', () => {
    const texts = fc.tuple(
      fc.string({ minLength: 1, maxLength: 6 }),
      fc.string({ maxLength: 6 }),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(texts, ([bank, subject, enrolmentId]) => {
        const seed = seedOf({ ...IDENTITY, bank, subject, enrolmentId });
        const moved = { bank: bank.slice(0, -1), subject: bank.slice(-1) + subject, enrolmentId };
        expect(seedOf({ ...IDENTITY, ...moved })).not.toBe(seed);
      }),
    );
    expect(seedOf({ ...IDENTITY, generation: 1, epoch: 12 })).not.toBe(
      seedOf({ ...IDENTITY, generation: 11, epoch: 2 }),
    );
  });

  it('changes with each field', () => {
    const others = [
      { bank: 'x' },
      { subject: 'x' },
      { enrolmentId: 'x' },
      { purpose: 'second-pin' },
      { generation: 2 },
      { epoch: 2 },
    ] as const;
    const all = [IDENTITY, ...others.map((other) => ({ ...IDENTITY, ...other }))].map(seedOf);
    expect(new Set(all).size).toBe(7);
  });
});

describe('wrapped keys', () => {
  const name = { realm: 'test', name: 'seed-master', version: 1 };

  it('open only under their root key and name', () => {
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

  it('open as a keyring only under its root key, in its realm and with its check values', async () => {
    const root = random(32);
    const wrapped = await makeKeys(root, random(32), 'test', 0, randomBytes);
    expect([...(await Keyring.open(root, 'test', wrapped)).seedMasters.keys()]).toEqual([1]);
    await expect(Keyring.open(random(32), 'test', wrapped)).rejects.toThrow('does not open');
    await expect(Keyring.open(root, 'live', wrapped)).rejects.toThrow('does not open');
    const changed = wrapped.map((key) => ({ ...key, kcv: '0000000000' }));
    await expect(Keyring.open(root, 'test', changed)).rejects.toThrow('check value');
  });

  it('stay the same under a new root key, and the former root key opens nothing', async () => {
    const [root, next] = [random(32), random(32)];
    const wrapped = await makeKeys(root, random(32), 'test', 0, randomBytes);
    const rewrapped = rewrapKeys(root, next, wrapped, 'test', randomBytes);
    expect(rewrapped.map(({ kcv }) => kcv)).toEqual(wrapped.map(({ kcv }) => kcv));
    await Keyring.open(next, 'test', rewrapped);
    await expect(Keyring.open(root, 'test', rewrapped)).rejects.toThrow('does not open');
  });

  it('include a deactivated seed master key, but no suspended, compromised or destroyed one', async () => {
    const root = random(32);
    const wrapped = await makeKeys(root, random(32), 'test', 0, randomBytes);
    const epochs = async (state: KeyState) => {
      const moved = wrapped.map((key) => (key.name === 'seed-master' ? moveKey(key, state, 1) : key));
      return [...(await Keyring.open(root, 'test', moved)).seedMasters.keys()];
    };
    expect(await epochs('deactivated')).toEqual([1]);
    for (const state of ['suspended', 'compromised', 'destroyed'] as const) expect(await epochs(state)).toEqual([]);
  });

  it('never use the same nonce twice', () => {
    const [root, key] = [random(32), random(32)];
    const nonces = new Set(
      Array.from({ length: 10_000 }, () =>
        Buffer.from(wrapKey(root, name, key, randomBytes).subarray(0, 12)).toString('hex'),
      ),
    );
    expect(nonces.size).toBe(10_000);
  });
});
