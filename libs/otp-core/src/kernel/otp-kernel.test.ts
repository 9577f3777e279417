import { readFileSync } from 'node:fs';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNELS, kernelModule } from '../../../../scripts/build-kernel.mjs';
import { COUNTER_MAX } from '../counter.ts';
import { type HashName, HmacKey, macWordsAt, midstatesOf } from '../hmac-key.ts';
import { Secret } from '../secret.ts';
import { dynamicTruncate, truncateWords } from '../truncate.ts';
import { truncatedAt, truncatedOfKeys, truncatedRange } from '../truncated-macs.ts';
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
      fc.property(keyBytes, counters, fc.integer({ min: 1, max: 40 }), (bytes, first, count) => {
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

  it('a range longer than one call of the kernel takes', () => {
    const bytes = new Uint8Array(20).fill(3);
    const out = new Int32Array(5_000);
    truncatedRange(HmacKey.from('sha1', Secret.copy(bytes)), 7, out.length, out);
    for (const i of [0, 4_095, 4_096, 4_097, 4_999]) expect(out[i]).toBe(reference('sha1', bytes, 7 + i));
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

  it('a wiped key has no midstates left, neither where they were nor to ask for', () => {
    const key = HmacKey.from('sha256', Secret.copy(new Uint8Array(32).fill(7)));
    const { inner, outer } = midstatesOf(key);
    key.wipe();
    expect([...inner, ...outer].every((word) => word === 0)).toBe(true);
    expect(() => midstatesOf(key)).toThrow('key was wiped');
    expect([String(key), JSON.stringify({ key })]).toEqual(['[hmac key]', '{"key":"[hmac key]"}']);
  });
});
