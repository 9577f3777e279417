// RFC 4226, 5.1: the counter C (the moving factor) has 8 bytes, big-endian.
import { OtpError } from './errors.ts';

/**
 * Counters and time steps are integers up to 2^53 - 1 everywhere in Ramz. At one step a second that
 * lasts 285 million years, and a checked number cannot be mixed up with a bigint.
 */
export const COUNTER_MAX: number = Number.MAX_SAFE_INTEGER;
export const COUNTER_BYTES = 8;

const TWO_POW_32 = 2 ** 32;

/** @throws OtpError `counter-range` */
export function assertCounter(counter: number): void {
  if (!Number.isSafeInteger(counter) || counter < 0) {
    throw new OtpError('counter-range', 'counter must be an integer from 0 to 2^53 - 1');
  }
}

/** Writes a checked counter to the first 8 bytes of `into`. */
export function writeCounter(counter: number, into: Uint8Array): void {
  const view = new DataView(into.buffer, into.byteOffset, COUNTER_BYTES);
  view.setUint32(0, Math.floor(counter / TWO_POW_32));
  view.setUint32(4, counter >>> 0);
}
