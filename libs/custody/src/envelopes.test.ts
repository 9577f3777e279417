import { Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { aesKeyCheckValue, hmacKeyCheckValue, RecipientKeys, sealEnvelope } from './index.ts';

const contents = () => Secret.own(Uint8Array.from([1, 2, 3, 4]));

describe('a sealed envelope', () => {
  it('opens for its key, use and context, and no other', async () => {
    const keys = await RecipientKeys.make();
    const envelope = await sealEnvelope('seed', keys.publicKey, contents(), 'enrolment');
    expect([...(await keys.open('seed', envelope, 'enrolment')).expose()]).toEqual([1, 2, 3, 4]);
    const refused = { reason: 'envelope-not-for-this-key' };
    await expect(keys.open('share-to-vault', envelope, 'enrolment')).rejects.toMatchObject(refused);
    await expect(keys.open('seed', envelope, 'another')).rejects.toMatchObject(refused);
    await expect((await RecipientKeys.make()).open('seed', envelope, 'enrolment')).rejects.toMatchObject(refused);
  });

  it('does not open when any byte has changed, or when it is truncated', async () => {
    const keys = await RecipientKeys.make();
    const envelope = await sealEnvelope('seed', keys.publicKey, contents(), '');
    for (let i = 0; i < envelope.length; i++) {
      const changed = Uint8Array.from(envelope);
      changed[i] = (changed[i] ?? 0) ^ 0x10;
      await expect(keys.open('seed', changed, '')).rejects.toMatchObject({ name: 'CustodyError' });
    }
    await expect(keys.open('seed', envelope.subarray(0, 40), '')).rejects.toMatchObject({
      reason: 'envelope-malformed',
    });
  });

  it('is never the same twice', async () => {
    const keys = await RecipientKeys.make();
    const [a, b] = [
      await sealEnvelope('seed', keys.publicKey, contents(), ''),
      await sealEnvelope('seed', keys.publicKey, contents(), ''),
    ];
    expect(Buffer.from(a).equals(b)).toBe(false);
  });

  it('is not made for an invalid public key', async () => {
    await expect(sealEnvelope('seed', new Uint8Array(31), contents(), '')).rejects.toMatchObject({
      reason: 'envelope-malformed',
    });
  });

  it('opens with a key pair that was exported and loaded', async () => {
    const keys = await RecipientKeys.make();
    const again = await RecipientKeys.load(keys.publicKey, await keys.export());
    const envelope = await sealEnvelope('seed', keys.publicKey, contents(), 'x');
    expect((await again.open('seed', envelope, 'x')).length).toBe(4);
  });
});

describe('key check values', () => {
  it('are AES-CMAC of a zero block (the key of RFC 4493, its value computed with OpenSSL)', () => {
    // openssl mac -macopt hexkey:2b7e... -macopt cipher:AES-128-CBC CMAC over 16 zero bytes.
    const key = Secret.own(Uint8Array.from(Buffer.from('2b7e151628aed2a6abf7158809cf4f3c', 'hex')));
    expect(aesKeyCheckValue(key)).toBe('7ad386c376');
  });

  it('of HMAC keys are a truncated HMAC of a fixed label', () => {
    expect(hmacKeyCheckValue(Secret.own(new Uint8Array(32)))).toMatch(/^[0-9a-f]{10}$/);
  });
});
