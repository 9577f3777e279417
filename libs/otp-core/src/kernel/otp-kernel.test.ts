import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNELS, kernelModule } from '../../../../scripts/build-kernel.mjs';
import { hotpDigits } from '../code.ts';
import { COUNTER_MAX } from '../counter.ts';
import type { HashName } from '../hash/compression.ts';
import { HmacKey, macWordsAt, midstatesOf } from '../hmac-key.ts';
import { hotp } from '../hotp.ts';
import { Secret } from '../secret.ts';
import { dynamicTruncate, truncateWords } from '../truncate.ts';
import { truncatedAt, truncatedOfKeys, truncatedRange } from '../truncated-macs.ts';
import { matchKeys } from '../window.ts';
import { kernelFor } from './otp-kernel.ts';

const NOBLE = { sha1, sha256, sha512 } as const;
const HASHES = Object.keys(NOBLE) as HashName[];

/** The reference: noble's HMAC and the truncation of its bytes. */
function reference(hash: HashName, key: Uint8Array, counter: number): number {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  return dynamicTruncate(hmac(NOBLE[hash], key, Uint8Array.from(message)));
}

const keyBytes = fc.uint8Array({ minLength: 16, maxLength: 140 });
// Around the turns of the low word, and the end of all counters, as often as anywhere.
const counters = fc.oneof(
  fc.maxSafeNat(),
  fc.tuple(fc.nat(2 ** 20), fc.integer({ min: -9, max: 9 })).map(([high, near]) => Math.max(0, high * 2 ** 32 + near)),
  fc.nat(40).map((before) => COUNTER_MAX - 40 - before),
);

describe('the fast paths', () => {
  it.each(KERNELS)(
    'the bytes of %s are those that its source compiles to',
    { timeout: 60_000 },
    async (name: string) => {
      const committed = readFileSync(new URL(`./${name}-bytes.ts`, import.meta.url), 'utf8');
      expect(await kernelModule(name)).toBe(committed);
    },
  );

  it.each(HASHES)('%s: the kernel runs here, so what follows tests it', (hash) => {
    expect(kernelFor(hash)).toBeDefined();
  });

  it.each(HASHES)('%s: one counter, portable and by the kernel, equals noble', (hash) => {
    fc.assert(
      fc.property(keyBytes, counters, (bytes, counter) => {
        const key = HmacKey.from(hash, Secret.copy(bytes));
        const expected = reference(hash, bytes, counter);
        const high = Math.floor(counter / 2 ** 32);
        expect(truncateWords(macWordsAt(hash, midstatesOf(key), high, counter | 0))).toBe(expected);
        const out = new Int32Array(1);
        kernelFor(hash)?.counters(midstatesOf(key), counter, 1, out, 0);
        expect([truncatedAt(key, counter), out[0]]).toEqual([expected, expected]);
      }),
    );
  });

  it.each(HASHES)('%s: any range of counters equals noble, across the turn of the low word too', (hash) => {
    fc.assert(
      fc.property(keyBytes, counters, fc.integer({ min: 1, max: 40 }), (bytes, anywhere, count) => {
        const first = Math.min(anywhere, COUNTER_MAX - count + 1);
        const key = HmacKey.from(hash, Secret.copy(bytes));
        const out = new Int32Array(count);
        truncatedRange(key, first, count, out);
        expect([...out]).toEqual(Array.from({ length: count }, (_, i) => reference(hash, bytes, first + i)));
      }),
    );
  });

  it.each(HASHES)('%s: any number of keys at one counter equals noble', (hash) => {
    fc.assert(
      fc.property(fc.array(keyBytes, { minLength: 1, maxLength: 11 }), counters, (all, counter) => {
        const keys = all.map((bytes) => HmacKey.from(hash, Secret.copy(bytes)));
        const out = new Int32Array(16);
        truncatedOfKeys(keys, counter, out);
        expect([...out.subarray(0, keys.length)]).toEqual(all.map((bytes) => reference(hash, bytes, counter)));
      }),
    );
  });

  it.each([1, 2, 3, 7, 4_097])('a range of %i writes that many results and nothing behind them', (count) => {
    const bytes = new Uint8Array(20).fill(4);
    for (const first of [0, 2 ** 32 - 3, COUNTER_MAX - count + 1]) {
      const out = new Int32Array(count + 8).fill(-7);
      truncatedRange(HmacKey.from('sha1', Secret.copy(bytes)), first, count, out);
      expect([...out.subarray(0, count)].every((result) => result >= 0)).toBe(true);
      expect([...out.subarray(count)]).toEqual(Array.from({ length: 8 }, () => -7));
      expect(out[count - 1]).toBe(reference('sha1', bytes, first + count - 1));
    }
  });

  it.each([7, 2 ** 32 - 4_100])('a range longer than one call of the kernel takes, from %i', (first) => {
    const bytes = new Uint8Array(20).fill(3);
    const out = new Int32Array(5_000);
    truncatedRange(HmacKey.from('sha1', Secret.copy(bytes)), first, out.length, out);
    // The second chunk begins at 4,096; the second range's low word turns at 4,100.
    for (const i of [0, 4_095, 4_096, 4_097, 4_099, 4_100, 4_101, 4_999]) {
      expect(out[i]).toBe(reference('sha1', bytes, first + i));
    }
  });

  it.each(HASHES)('%s: messages of any length equal noble, through the padding of every block', (hash) => {
    fc.assert(
      fc.property(keyBytes, fc.uint8Array({ maxLength: 300 }), (bytes, message) => {
        const mac = HmacKey.from(hash, Secret.copy(bytes)).mac(message);
        expect([...mac]).toEqual([...hmac(NOBLE[hash], bytes, message)]);
      }),
    );
    const key = HmacKey.from(hash, Secret.copy(new Uint8Array(20).fill(1)));
    for (let length = 0; length <= 260; length++) {
      const message = new Uint8Array(length).fill(length);
      expect([...key.mac(message)]).toEqual([...hmac(NOBLE[hash], new Uint8Array(20).fill(1), message)]);
    }
  });

  it('the kernel keeps nothing: its memory is zeros after each call', () => {
    for (const hash of HASHES) {
      const key = HmacKey.from(hash, Secret.copy(new Uint8Array(32).fill(0xa5)));
      const kernel = kernelFor(hash);
      kernel?.counters(midstatesOf(key), 5, 7, new Int32Array(8), 0);
      kernel?.setLane(0, midstatesOf(key));
      kernel?.keys(1, 5, new Int32Array(1), 0);
      expect(kernel?.isBlank()).toBe(true);
    }
  });

  it('a wiped key among several is noticed before any other is used', () => {
    for (const hash of HASHES) {
      const keys = Array.from({ length: 5 }, (_, n) => HmacKey.from(hash, Secret.copy(new Uint8Array(32).fill(n + 1))));
      keys[4]?.wipe();
      expect(() => matchKeys(keys, { value: 0, digits: hotpDigits(6) }, 0, 2)).toThrow('key was wiped');
      expect(kernelFor(hash)?.isBlank()).toBe(true);
    }
  });

  it('nothing of a code stays in the buffers that codes are made in', () => {
    for (const hash of HASHES) {
      const key = HmacKey.from(hash, Secret.copy(new Uint8Array(32).fill(0x5a)));
      const words = macWordsAt(hash, midstatesOf(key), 0, 1);
      key.forget();
      hotp(key, 77, hotpDigits(6));
      expect([...words].every((word) => word === 0)).toBe(true);
    }
  });

  it('a message may be longer than 2^32 bits', { timeout: 60_000 }, () => {
    const message = new Uint8Array(2 ** 29 + 3).fill(0x61);
    const bytes = new Uint8Array(20).fill(2);
    const expected = createHmac('sha1', bytes).update(message).digest('hex');
    expect(Buffer.from(HmacKey.from('sha1', Secret.copy(bytes)).mac(message)).toString('hex')).toBe(expected);
  });

  it('a wiped key has no midstates left, neither where they were nor to ask for', () => {
    const key = HmacKey.from('sha256', Secret.copy(new Uint8Array(32).fill(7)));
    const { inner, outer } = midstatesOf(key);
    key.wipe();
    expect([...inner, ...outer].every((word) => word === 0)).toBe(true);
    expect(() => midstatesOf(key)).toThrow('key was wiped');
    const shown = [String(key), JSON.stringify({ key }), inspect({ key }, { showHidden: true, depth: 9 })];
    expect(shown).toEqual(['[hmac key]', '{"key":"[hmac key]"}', '{ key: [hmac key] }']);
  });
});
