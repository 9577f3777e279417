import { randomBytes } from 'node:crypto';
import { Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../test/harness/reason-of.ts';
import {
  assertSigned,
  fingerprintOf,
  openWithPassphrase,
  SigningKeys,
  sealWithPassphrase,
  signatureHolds,
  signStatement,
  statementBody,
} from './index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a signed statement', () => {
  it('is valid for its signer and no one else, and for no other bytes', async () => {
    const [keys, others] = [await SigningKeys.make(), await SigningKeys.make()];
    const signed = await signStatement(keys, { z: 1, a: 'ب' });
    expect(new TextDecoder().decode(signed.statement)).toBe('{"a":"ب","z":1}');
    await assertSigned(signed, keys.publicKey, 'a');
    await expect(assertSigned(signed, others.publicKey, 'a')).rejects.toMatchObject({ reason: 'signature-wrong' });
    const other = { ...signed, statement: bytes('{"a":"ب","z":2}') };
    await expect(assertSigned(other, keys.publicKey, 'a')).rejects.toMatchObject({ reason: 'signature-wrong' });
    expect(await signatureHolds(new Uint8Array(3), signed.statement, signed.signature)).toBe(false);
  });

  it('has the same signature from exported keys', async () => {
    const keys = await SigningKeys.make();
    using seed = await keys.export();
    const again = await SigningKeys.load(keys.publicKey, seed);
    expect(await again.sign(bytes('x'))).toEqual(await keys.sign(bytes('x')));
  });

  it.each(['{"b":1,"a":2}', '{ "a":1}', '{"a":1,"a":1}', '[1]', '"a"', '', '{"a":1.0}', 'null', '{"a":"\\u0061"}'])(
    '%s is rejected: not canonical, or not an object',
    (text) => {
      expect(reasonOf(() => statementBody(bytes(text)))).toBe('statement-malformed');
    },
  );
});

it('a fingerprint is six groups of five digits, and differs for every key', () => {
  const seen = new Set(Array.from({ length: 200 }, () => fingerprintOf(randomBytes(32), randomBytes(32))));
  expect(seen.size).toBe(200);
  for (const fingerprint of seen) expect(fingerprint).toMatch(/^(\d{5} ){5}\d{5}$/);
  expect(fingerprintOf(bytes('ab'), bytes('c'))).not.toBe(fingerprintOf(bytes('a'), bytes('bc')));
});

it('a passphrase opens its box, in its context only', () => {
  const random = (length: number) => Uint8Array.from(randomBytes(length));
  const secret = (text: string) => Secret.copy(bytes(text));
  const box = sealWithPassphrase(secret('گذرواژه'), secret('contents'), 'x', random);
  expect(new TextDecoder().decode(openWithPassphrase(secret('گذرواژه'), box, 'x').expose())).toBe('contents');
  expect(reasonOf(() => openWithPassphrase(secret('other'), box, 'x'))).toBe('passphrase-wrong');
  expect(reasonOf(() => openWithPassphrase(secret('گذرواژه'), box, 'y'))).toBe('passphrase-wrong');
});
