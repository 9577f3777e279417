import { COUNTER_MAX } from './counter.ts';
import { type HashName, type HmacKey, macWordsAt, midstatesOf } from './hmac-key.ts';
import { CODES_MAX, kernelFor, type OtpKernel } from './kernel/otp-kernel.ts';
import { truncateWords } from './truncate.ts';

/**
 * From how many codes on the kernel is the faster: it always computes all its lanes. Two SHA-1 codes are
 * made sooner one by one; of SHA-512 the kernel makes even one sooner. Measured by `npm run bench:otp`.
 */
const KERNEL_FROM: Readonly<Record<HashName, number>> = { sha1: 3, sha256: 2, sha512: 1 };

/** The truncated MAC of a key at a counter that was checked: 31 bits. */
export function truncatedAt(key: HmacKey, counter: number): number {
  const kernel = KERNEL_FROM[key.hash] <= 1 ? kernelFor(key.hash) : undefined;
  if (kernel === undefined) return portable(key, counter);
  kernel.counters(midstatesOf(key), counter, 1, one, 0);
  return one[0] as number;
}

/** The truncated MACs of a key at `first` to `first + count - 1`, which were checked, into `out`. */
export function truncatedRange(key: HmacKey, first: number, count: number, out: Int32Array): void {
  const kernel = count >= KERNEL_FROM[key.hash] ? kernelFor(key.hash) : undefined;
  for (let done = 0; done < count; ) {
    const some = Math.min(count - done, CODES_MAX, untilLowWordTurns(first + done));
    const useKernel = kernel !== undefined && laneRoom(kernel, first + done, some);
    if (useKernel) kernel.counters(midstatesOf(key), first + done, some, out, done);
    else for (let i = 0; i < some; i++) out[done + i] = portable(key, first + done + i);
    done += some;
  }
}

/** The truncated MACs of several keys of one hash at one counter, into `out` in the keys' order. */
export function truncatedOfKeys(keys: readonly HmacKey[], counter: number, out: Int32Array): void {
  const hash = keys[0]?.hash ?? 'sha1';
  const kernel = keys.length >= KERNEL_FROM[hash] ? kernelFor(hash) : undefined;
  for (let at = 0; at < keys.length; ) {
    if (kernel === undefined) {
      out[at] = portable(keys[at] as HmacKey, counter);
      at += 1;
      continue;
    }
    const count = Math.min(kernel.lanes, keys.length - at);
    for (let lane = 0; lane < count; lane++) kernel.setLane(lane, midstatesOf(keys[at + lane] as HmacKey));
    kernel.keys(count, counter, out, at);
    at += count;
  }
}

const one = new Int32Array(new ArrayBuffer(4));
const TWO_POW_32 = 2 ** 32;

function portable(key: HmacKey, counter: number): number {
  const words = macWordsAt(key.hash, midstatesOf(key), Math.floor(counter / TWO_POW_32), counter | 0);
  return truncateWords(words);
}

/** The kernel adds lane numbers to the counter's low word only. */
function untilLowWordTurns(counter: number): number {
  return TWO_POW_32 - (counter >>> 0);
}

/** Its last lanes may lie beyond what was asked for; they too must not turn the low word or pass the end. */
function laneRoom({ lanes }: OtpKernel, first: number, count: number): boolean {
  const beyond = count + lanes - 1;
  return first + beyond <= COUNTER_MAX && (first >>> 0) + beyond <= TWO_POW_32;
}
