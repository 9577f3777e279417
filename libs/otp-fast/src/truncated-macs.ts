import { type HashName, truncateWords } from '@ramz/otp-core/engine';
import { CODES_MAX, kernelFor } from './kernel/otp-kernel.ts';
import { forgetMacWords, macWordsAt, type WordMidstates } from './word-midstates.ts';

/**
 * The number of codes from which the kernel is faster: it always computes all its lanes. Two SHA-1
 * codes are faster one by one; for SHA-512 the kernel is faster even for one. Measured by
 * `npm run bench:otp`.
 */
const KERNEL_FROM: Readonly<Record<HashName, number>> = { sha1: 3, sha256: 2, sha512: 1 };

/** Returns the truncated MAC of a key at a counter, 31 bits. */
export function truncatedAt(key: WordMidstates, counter: number): number {
  const kernel = KERNEL_FROM[key.hash] <= 1 ? kernelFor(key.hash) : undefined;
  if (kernel === undefined) return portableAt(key, counter);
  kernel.counters(key, counter, 1, one, 0);
  const truncated = one[0] as number;
  one[0] = 0;
  return truncated;
}

/** Writes the truncated MACs of a key at `first` to `first + count - 1` to `out`. */
export function truncatedRange(key: WordMidstates, first: number, count: number, out: Int32Array): void {
  const kernel = count >= KERNEL_FROM[key.hash] ? kernelFor(key.hash) : undefined;
  if (kernel === undefined) return portableRange(key, first, count, out);
  for (let done = 0; done < count; ) {
    const some = Math.min(count - done, CODES_MAX, untilLowWordTurns(first + done));
    kernel.counters(key, first + done, some, out, done);
    done += some;
  }
}

/**
 * Writes the truncated MACs of several keys of one hash at one counter to `out`, in the keys'
 * order.
 */
export function truncatedOfKeys(keys: readonly WordMidstates[], counter: number, out: Int32Array): void {
  const hash = keys[0]?.hash ?? 'sha1';
  const kernel = keys.length >= KERNEL_FROM[hash] ? kernelFor(hash) : undefined;
  if (kernel === undefined) return portableOfKeys(keys, counter, out);
  for (let at = 0; at < keys.length; ) {
    const count = Math.min(kernel.lanes, keys.length - at);
    for (let lane = 0; lane < count; lane++) kernel.setLane(lane, keys[at + lane] as WordMidstates);
    kernel.keys(count, counter, out, at);
    at += count;
  }
}

/** Does the same as `truncatedAt`, without a kernel. */
export function portableAt(key: WordMidstates, counter: number): number {
  const words = macWordsAt(key, Math.floor(counter / TWO_POW_32), counter | 0);
  const truncated = truncateWords(words);
  forgetMacWords(key.hash);
  return truncated;
}

export function portableRange(key: WordMidstates, first: number, count: number, out: Int32Array): void {
  for (let i = 0; i < count; i++) out[i] = portableAt(key, first + i);
}

export function portableOfKeys(keys: readonly WordMidstates[], counter: number, out: Int32Array): void {
  for (let i = 0; i < keys.length; i++) out[i] = portableAt(keys[i] as WordMidstates, counter);
}

const one = new Int32Array(new ArrayBuffer(4));
const TWO_POW_32 = 2 ** 32;

/**
 * Returns the number of counters before the low word overflows: the kernel increments only the low
 * word. Results of unused lanes beyond the overflow are never read.
 */
function untilLowWordTurns(counter: number): number {
  return TWO_POW_32 - (counter >>> 0);
}
