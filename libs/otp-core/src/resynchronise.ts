// RFC 4226 7.4: resynchronisation by two or three consecutive codes. RFC 6238 6: the clock's drift.
import { assertCode, type Code, powerOfTen } from './code.ts';
import { OtpError } from './errors.ts';
import { type HmacKey, midstatesOf } from './hmac-key.ts';
import { assertFloor, assertWindow, matchBit } from './window.ts';

/** One day either way in steps of a minute, and the step between. */
export const RESYNC_STEPS_MAX = 2_883;
/** A third code makes a chance hit a million million times rarer than a window is wide. */
const CODES_MAX = 3;

const results = new Int32Array(new ArrayBuffer((RESYNC_STEPS_MAX + CODES_MAX) * 4));

/**
 * The latest step of a place in the window where all codes stand one after the other, every one of them
 * above `floor`: the new floor. -1 when there is no such place. The whole window is computed and compared
 * whatever matches; of two such places the later counts, so that neither can be used again.
 *
 * @param codes two or three, in the order the token showed them, all of one length
 * @param first the earliest step that the first code may be of. @param count how many, 1 to 2,883
 * @param floor the last accepted step: no code at or below it is taken, nor is it ever returned
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
