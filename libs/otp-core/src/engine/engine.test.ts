// What every engine must do. These tests use the engine that the process has chosen; `test/engines`
// runs the library's tests with each.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hotpDigits } from '../code.ts';
import { COUNTER_MAX } from '../counter.ts';
import { HmacKey } from '../hmac-key.ts';
import { hotp } from '../hotp.ts';
import { Secret } from '../secret.ts';
import { engineInUse } from './engine-in-use.ts';
import type { HashName, Midstates } from './otp-engine.ts';
import { dynamicTruncate } from './truncate.ts';

const HASHES: readonly HashName[] = ['sha1', 'sha256', 'sha512'];

function midstatesFor(hash: HashName, bytes: Uint8Array): Midstates {
  const midstates = engineInUse().reserve(hash);
  engineInUse().fill(midstates, bytes);
  return midstates;
}

/** The reference: OpenSSL's HMAC, truncated. */
function reference(hash: HashName, key: Uint8Array, counter: number): number {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  return dynamicTruncate(createHmac(hash, key).update(message).digest());
}

const keyBytes = fc.uint8Array({ minLength: 16, maxLength: 140 });
// Two thirds of the counters lie near a carry out of the low word, or near the largest counter.
const counters = fc.oneof(
  fc.maxSafeNat(),
  fc.tuple(fc.nat(2 ** 20), fc.integer({ min: -9, max: 9 })).map(([high, near]) => Math.max(0, high * 2 ** 32 + near)),
  fc.nat(40).map((before) => COUNTER_MAX - 40 - before),
);

describe('the engine', () => {
  it.each(HASHES)('%s: equals OpenSSL at one counter', (hash) => {
    fc.assert(
      fc.property(keyBytes, counters, (bytes, counter) => {
        expect(engineInUse().truncated(midstatesFor(hash, bytes), counter)).toBe(reference(hash, bytes, counter));
      }),
    );
  });

  it.each(HASHES)('%s: equals OpenSSL for any range of counters, also across a carry out of the low word', (hash) => {
    fc.assert(
      fc.property(keyBytes, counters, fc.integer({ min: 1, max: 40 }), (bytes, anywhere, count) => {
        const first = Math.min(anywhere, COUNTER_MAX - count + 1);
        const out = new Int32Array(count);
        engineInUse().truncatedRange(midstatesFor(hash, bytes), first, count, out);
        expect([...out]).toEqual(Array.from({ length: count }, (_, i) => reference(hash, bytes, first + i)));
      }),
    );
  });

  it.each(HASHES)('%s: equals OpenSSL for any number of keys at one counter', (hash) => {
    fc.assert(
      fc.property(fc.array(keyBytes, { minLength: 1, maxLength: 11 }), counters, (all, counter) => {
        const keys = all.map((bytes) => midstatesFor(hash, bytes));
        const out = new Int32Array(16);
        engineInUse().truncatedOfKeys(keys, counter, out);
        expect([...out.subarray(0, keys.length)]).toEqual(all.map((bytes) => reference(hash, bytes, counter)));
      }),
    );
  });

  it.each([1, 2, 3, 7, 4_097])('a range of %i writes exactly that many results', (count) => {
    const bytes = new Uint8Array(20).fill(4);
    for (const first of [0, 2 ** 32 - 3, COUNTER_MAX - count + 1]) {
      const out = new Int32Array(count + 8).fill(-7);
      engineInUse().truncatedRange(midstatesFor('sha1', bytes), first, count, out);
      expect([...out.subarray(0, count)].every((result) => result >= 0)).toBe(true);
      expect([...out.subarray(count)]).toEqual(Array.from({ length: 8 }, () => -7));
      expect(out[count - 1]).toBe(reference('sha1', bytes, first + count - 1));
    }
  });

  it.each([7, 2 ** 32 - 4_100])('equals OpenSSL for a long range from %i', (first) => {
    const bytes = new Uint8Array(20).fill(3);
    const out = new Int32Array(5_000);
    engineInUse().truncatedRange(midstatesFor('sha1', bytes), first, out.length, out);
    // A kernel takes 4,096 at once; in the second range the low word overflows at 4,100.
    for (const i of [0, 4_095, 4_096, 4_097, 4_099, 4_100, 4_101, 4_999]) {
      expect(out[i]).toBe(reference('sha1', bytes, first + i));
    }
  });

  it.each(HASHES)('%s: equals OpenSSL for messages of any length, including every padding', (hash) => {
    fc.assert(
      fc.property(keyBytes, fc.uint8Array({ maxLength: 300 }), (bytes, message) => {
        const mac = engineInUse().mac(midstatesFor(hash, bytes), message);
        expect([...mac]).toEqual([...createHmac(hash, bytes).update(message).digest()]);
      }),
    );
    const bytes = new Uint8Array(20).fill(1);
    const midstates = midstatesFor(hash, bytes);
    for (let length = 0; length <= 260; length++) {
      const message = new Uint8Array(length).fill(length);
      const expected = createHmac(hash, bytes).update(message).digest();
      expect([...engineInUse().mac(midstates, message)]).toEqual([...expected]);
    }
  });

  it.each(HASHES)('%s: midstates can be replaced, wiped, and filled again', (hash) => {
    const bytes = (n: number) => new Uint8Array(20).fill(n);
    const expected = (n: number) => createHmac(hash, bytes(n)).update('m').digest('hex');
    const mac = (midstates: Midstates) => Buffer.from(engineInUse().mac(midstates, Buffer.from('m'))).toString('hex');
    const [second, third] = [engineInUse().reserve(hash), engineInUse().reserve(hash)];
    engineInUse().fill(third, bytes(9));
    for (const n of [1, 2]) engineInUse().fill(second, bytes(n));
    expect([mac(second), mac(third)]).toEqual([expected(2), expected(9)]);
    engineInUse().wipe(second);
    engineInUse().fill(second, bytes(3));
    expect([mac(second), mac(third)]).toEqual([expected(3), expected(9)]);
  });

  it('leaves no trace of a code in the buffer that MACs are made in', () => {
    for (const hash of HASHES) {
      const key = HmacKey.from(hash, Secret.copy(new Uint8Array(32).fill(0x5a)));
      const shared = key.mac(Uint8Array.of(1));
      key.forget();
      hotp(key, 77, hotpDigits(6));
      expect([...shared].every((byte) => byte === 0)).toBe(true);
    }
  });
});
