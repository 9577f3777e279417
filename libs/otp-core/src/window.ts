// RFC 4226, 7.2 and RFC 6238, 5.2: validation with a window.
import { assertCode, type Code, modPowerOfTen, powerOfTen } from './code.ts';
import { isZero } from './constant-time.ts';
import { assertCounter } from './counter.ts';
import { OtpError } from './errors.ts';
import { type HmacKey, midstatesOf } from './hmac-key.ts';

/** Each step of a window is one bit of a 32-bit integer; the sign bit is not used. */
export const WINDOW_STEPS_MAX = 31;
/**
 * Limit for the keys of one call. With more tokens of one subject, guessing would be too easy under
 * any policy.
 */
export const KEYS_MAX = 64;

const results = new Int32Array(new ArrayBuffer(Math.max(WINDOW_STEPS_MAX, KEYS_MAX) * 4));

/**
 * Returns an integer with bit i set when `code` is the code of step `first + i`.
 *
 * Computes and compares every step of the window, also after a match. So the time does not reveal
 * whether a step matched, or which step. (There is a second reason: a scan that stops at the first
 * match sometimes stops at a used step that happens to have the same digits, and then rejects a
 * good code. This happens about once in a million codes.)
 *
 * @param first the earliest step
 * @param count the number of steps, 1 to 31
 * @throws OtpError `window-range`, `counter-range`, `key-wiped`
 */
export function matchWindow(key: HmacKey, code: Code, first: number, count: number): number {
  assertCode(code);
  assertWindow(first, count);
  key.engine.truncatedRange(midstatesOf(key), first, count, results);
  return takeMatches(code, count);
}

/**
 * Does the same as `matchWindow` for several keys with the same hash: those of the tokens of one
 * subject. Returns one integer for each key. Computes all keys and steps, also after a match.
 * @throws OtpError as `matchWindow`; `window-range` for more than 64 keys; `hash-unknown` for keys
 * of different hashes or engines
 */
export function matchKeys(keys: readonly HmacKey[], code: Code, first: number, count: number): Int32Array {
  assertCode(code);
  assertWindow(first, count);
  if (keys.length > KEYS_MAX) throw new OtpError('window-range', `at most ${KEYS_MAX} keys at once`);
  for (const { hash, engine } of keys) {
    if (hash !== keys[0]?.hash) throw new OtpError('hash-unknown', 'the keys have different hashes');
    if (engine !== keys[0].engine) throw new OtpError('hash-unknown', 'the keys have different engines');
  }
  // Opens all keys before it uses any key: the error for a wiped key must not leave results of
  // other keys in memory.
  const all = keys.map((key) => midstatesOf(key));
  const matches = new Int32Array(keys.length);
  const power = powerOfTen(code.digits);
  for (let step = 0; step < count; step++) {
    keys[0]?.engine.truncatedOfKeys(all, first + step, results);
    for (let i = 0; i < keys.length; i++) {
      matches[i] = (matches[i] as number) | (matchBit(results[i] as number, power, code.value) << step);
      results[i] = 0;
    }
  }
  return matches;
}

/**
 * Returns the latest step above `floor` that is set in `matches`, or -1. Reads every bit.
 * @param floor the last accepted step, or -1 if no step was accepted yet
 * @throws OtpError `window-range`, `counter-range`
 */
export function latestMatchAbove(matches: number, first: number, count: number, floor: number): number {
  assertWindow(first, count);
  assertFloor(floor);
  let latest = -1;
  for (let i = 0; i < count; i++) {
    const step = first + i;
    const taken = ((matches >>> i) & 1) * Number(step > floor);
    latest += (step - latest) * taken;
  }
  return latest;
}

/**
 * Returns 1 when the code of a truncated MAC is `value`, else 0. A value of ten digits has 34 bits:
 * compares its low 32 bits and its high bits.
 */
export function matchBit(truncated: number, power: number, value: number): number {
  const low = modPowerOfTen(truncated, power) ^ (value | 0);
  return isZero(low | Math.floor(value / 2 ** 32));
}

/** @throws OtpError `counter-range` */
export function assertFloor(floor: number): void {
  if (floor !== -1) assertCounter(floor);
}

export function assertWindow(first: number, count: number, max: number = WINDOW_STEPS_MAX): void {
  if (!Number.isInteger(count) || count < 1 || count > max) {
    throw new OtpError('window-range', `window must be 1 to ${max} steps`);
  }
  assertCounter(first);
  // The parentheses matter: near 2^53 `first + count - 1` is rounded, and a counter beyond the
  // limit would pass.
  assertCounter(first + (count - 1));
}

function takeMatches(code: Code, count: number): number {
  const power = powerOfTen(code.digits);
  let matches = 0;
  for (let i = 0; i < count; i++) {
    matches |= matchBit(results[i] as number, power, code.value) << i;
    results[i] = 0;
  }
  return matches;
}
