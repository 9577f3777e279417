import { readFileSync } from 'node:fs';
import { HmacKey, hotpDigits, matchKeys, Secret } from '@ramz/otp-core';
import { type HashName, truncateWords } from '@ramz/otp-core/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNELS, kernelModule } from '../../../../scripts/build-kernel.mjs';
import { fastEngine } from '../fast-engine.ts';
import {
  fillWords,
  forgetMacWords,
  macWordsAt,
  reserveWords,
  type WordMidstates,
  wipeWords,
} from '../word-midstates.ts';
import { kernelFor } from './otp-kernel.ts';

const HASHES: readonly HashName[] = ['sha1', 'sha256', 'sha512'];

function midstatesFor(hash: HashName, bytes: Uint8Array): WordMidstates {
  const midstates = reserveWords(hash);
  fillWords(midstates, bytes);
  return midstates;
}

describe('the kernels', () => {
  it.each(KERNELS)(
    'the committed bytes of %s equal those compiled from its source',
    { timeout: 240_000 },
    async (name: string) => {
      const committed = readFileSync(new URL(`./${name}-bytes.ts`, import.meta.url), 'utf8');
      expect(await kernelModule(name)).toBe(committed);
    },
  );

  it.each(HASHES)('%s: the kernel loads here, so the tests below use it', (hash) => {
    expect(kernelFor(hash)).toBeDefined();
  });

  it.each(HASHES)('%s: one code from the kernel equals the one made without it', (hash) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 140 }), fc.maxSafeNat(), (bytes, counter) => {
        const midstates = midstatesFor(hash, bytes);
        const out = new Int32Array(1);
        kernelFor(hash)?.counters(midstates, counter, 1, out, 0);
        expect(out[0]).toBe(truncateWords(macWordsAt(midstates, Math.floor(counter / 2 ** 32), counter | 0)));
      }),
    );
  });

  it.each(HASHES)('%s: the kernel leaves only zeros in its memory after each call', (hash) => {
    const midstates = midstatesFor(hash, new Uint8Array(32).fill(0xa5));
    const kernel = kernelFor(hash);
    kernel?.counters(midstates, 5, 7, new Int32Array(8), 0);
    kernel?.setLane(0, midstates);
    kernel?.keys(1, 5, new Int32Array(1), 0);
    expect(kernel?.isBlank()).toBe(true);
  });

  it.each(HASHES)('%s: rejects a wiped key among several before using any of them', (hash) => {
    const keys = Array.from({ length: 5 }, (_, n) =>
      HmacKey.from(hash, Secret.copy(new Uint8Array(32).fill(n + 1)), fastEngine),
    );
    keys[4]?.wipe();
    expect(() => matchKeys(keys, { value: 0, digits: hotpDigits(6) }, 0, 2)).toThrow('key was wiped');
    expect(kernelFor(hash)?.isBlank()).toBe(true);
  });
});

describe('midstates as words', () => {
  it.each(HASHES)('%s: leaves no trace of a code in the working buffers', (hash) => {
    const midstates = midstatesFor(hash, new Uint8Array(32).fill(0x5a));
    const words = macWordsAt(midstates, 0, 1);
    expect([...words].every((word) => word === 0)).toBe(false);
    forgetMacWords(hash);
    fastEngine.truncated(midstates, 77);
    expect([...words].every((word) => word === 0)).toBe(true);
  });

  it.each(HASHES)('%s: are all zeros after a wipe', (hash) => {
    const midstates = midstatesFor(hash, new Uint8Array(32).fill(7));
    wipeWords(midstates);
    expect([...midstates.inner, ...midstates.outer].every((word) => word === 0)).toBe(true);
  });
});
