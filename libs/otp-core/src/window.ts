import { assertDigits, type Code } from './code.ts';
import { assertCounter } from './counter.ts';
import { OtpError } from './errors.ts';
import type { HmacKey } from './hmac-key.ts';
import { hotpValue } from './hotp.ts';

/** The matches come back as bits of one 32-bit integer. */
export const WINDOW_STEPS_MAX = 31;

/**
 * Bit i of the result is set when `code` is the code of step `first + i`.
 *
 * Every step of the window is computed and compared whatever matched before it: how long it takes
 * tells neither whether a step matched nor which. (A scan that stops at the first match also refuses a
 * good code about once in a million, when an already used step happened to have the same digits.)
 *
 * @param first the earliest step. @param count how many steps, 1 to 31.
 * @throws OtpError `window-range`, `counter-range`, `digits-range`, `key-wiped`
 */
export function matchWindow(key: HmacKey, code: Code, first: number, count: number): number {
  if (!Number.isInteger(count) || count < 1 || count > WINDOW_STEPS_MAX) {
    throw new OtpError('window-range', `window must be 1 to ${WINDOW_STEPS_MAX} steps`);
  }
  assertCounter(first);
  assertCounter(first + count - 1);
  assertDigits(code.digits);
  let matches = 0;
  for (let i = 0; i < count; i++) {
    matches |= equalBit(hotpValue(key, first + i, code.digits), code.value) << i;
  }
  return matches;
}

/** 1 when the two are equal, else 0, without a branch. Values reach 2^34 (ten digits): two halves. */
function equalBit(a: number, b: number): number {
  const low = (a ^ b) | 0;
  const high = Math.floor(a / 2 ** 32) ^ Math.floor(b / 2 ** 32);
  const difference = low | high;
  return ((difference | -difference) >>> 31) ^ 1;
}

/** The latest step of `matches` above `floor`, or -1. Both loops run whole. */
export function latestMatchAbove(matches: number, first: number, count: number, floor: number): number {
  let latest = -1;
  for (let i = 0; i < count; i++) {
    const step = first + i;
    const taken = ((matches >>> i) & 1) * Number(step > floor);
    latest += (step - latest) * taken;
  }
  return latest;
}
