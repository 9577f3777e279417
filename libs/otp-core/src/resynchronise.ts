// RFC 4226, 7.4: resynchronization by two or three consecutive codes. RFC 6238, 6: clock drift.
import { assertCode, type Code, powerOfTen } from './code.ts';
import { OtpError } from './errors.ts';
import { type HmacKey, midstatesOf } from './hmac-key.ts';
import { assertFloor, assertWindow, matchBit } from './window.ts';

/** One-minute steps: 1,441 either way, a day and a minute, and the current one. */
export const RESYNC_STEPS_MAX = 2_883;
/**
 * With three codes of four digits, an accidental match has a chance of the window's width in 10^12.
 */
const CODES_MAX = 3;

const results = new Int32Array(new ArrayBuffer((RESYNC_STEPS_MAX + CODES_MAX) * 4));

/**
 * Finds consecutive steps in the window whose codes are `codes`, all above `floor`. Returns the
 * last of these steps, which is the new floor, or -1 when there are none. Computes and compares the
 * whole window even after a match. Of two matches the later counts, so that neither can be used
 * again.
 *
 * @param codes two or three, in the order the token showed them, all of one length
 * @param first the earliest step for the first code
 * @param count the number of steps for the first code, 1 to 2,883
 * @param floor the last accepted step: no code at or below it matches, and it is never returned
 * @throws OtpError `codes-count`, `code-format`, `window-range`, `counter-range`, `key-wiped`
 */
export function resynchronise(
  key: HmacKey,
  codes: readonly Code[],
  first: number,
  count: number,
  floor: number,
): number {
  const [digits] = codes.map((code) => code.digits);
  if (codes.length < 2 || codes.length > CODES_MAX || digits === undefined) {
    throw new OtpError('codes-count', 'resynchronisation takes two or three codes');
  }
  if (codes.some((code) => code.digits !== digits)) throw new OtpError('codes-count', 'the codes differ in length');
  codes.forEach(assertCode);
  assertFloor(floor);
  assertWindow(first, count, RESYNC_STEPS_MAX);
  const steps = count + codes.length - 1;
  assertWindow(first, steps, RESYNC_STEPS_MAX + CODES_MAX);
  key.engine.truncatedRange(midstatesOf(key), first, steps, results);
  const last = lastOfLatestRun(codes, powerOfTen(digits), first, count, floor);
  results.fill(0);
  return last;
}

function lastOfLatestRun(codes: readonly Code[], power: number, first: number, count: number, floor: number): number {
  let latest = -1;
  for (let i = 0; i < count; i++) {
    let all = Number(first + i > floor);
    for (let n = 0; n < codes.length; n++) all &= matchBit(results[i + n] as number, power, (codes[n] as Code).value);
    const last = first + i + codes.length - 1;
    latest += (last - latest) * all;
  }
  return latest;
}
