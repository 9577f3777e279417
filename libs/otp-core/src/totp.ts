// RFC 6238 4.2: TOTP = HOTP(K, T), T = floor((time - T0) / X).
import type { Code, Digits } from './code.ts';
import { COUNTER_MAX } from './counter.ts';
import { OtpError } from './errors.ts';
import type { HmacKey } from './hmac-key.ts';
import { hotp } from './hotp.ts';

/** One day: longer periods are mistakes of units, not policies. */
export const PERIOD_S_MAX = 86_400;

/** X and T0 of RFC 6238 4.1, in seconds. */
export interface TimeSteps {
  readonly period_s: number;
  readonly t0_s: number;
}

/**
 * The step that `time_ms` (since the Unix epoch) falls in.
 * @throws OtpError `period-range`, `time-range` (also for a time before t0)
 */
export function stepAt(time_ms: number, { period_s, t0_s }: TimeSteps): number {
  if (!Number.isInteger(period_s) || period_s < 1 || period_s > PERIOD_S_MAX) {
    throw new OtpError('period-range', `period must be 1 to ${PERIOD_S_MAX} whole seconds`);
  }
  if (!Number.isSafeInteger(t0_s)) throw new OtpError('time-range', 't0 must be whole seconds');
  const step = Math.floor((time_ms / 1000 - t0_s) / period_s) + 0;
  if (!(step >= 0 && step <= COUNTER_MAX)) throw new OtpError('time-range', 'time is before t0 or beyond 2^53 steps');
  return step;
}

/** The code of `key` at `time_ms`. @throws OtpError as `stepAt` and `hotp` */
export function totp(key: HmacKey, time_ms: number, steps: TimeSteps, digits: Digits): Code {
  return hotp(key, stepAt(time_ms, steps), digits);
}
