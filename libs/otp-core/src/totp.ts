// RFC 6238, 4.2: TOTP = HOTP(K, T), T = floor((time - T0) / X).
import type { Code, Digits } from './code.ts';
import { COUNTER_MAX } from './counter.ts';
import { OtpError } from './errors.ts';
import type { HmacKey } from './hmac-key.ts';
import { hotp } from './hotp.ts';

/** One day. A longer time step is a mistake of units, not a policy. */
export const PERIOD_S_MAX = 86_400;

/** X (the time step) and T0 of RFC 6238, 4.1, in seconds. */
export interface TimeSteps {
  readonly periodSeconds: number;
  readonly t0Seconds: number;
}

/**
 * Returns T, the number of the time step at `timeMs` (milliseconds since the Unix epoch).
 * @throws OtpError `period-range`, `time-range` (also for a time before T0)
 */
export function stepAt(timeMs: number, steps: TimeSteps): number {
  return stepWithin(timeMs, steps, PERIOD_S_MAX);
}

/**
 * As `stepAt`, for a standard that allows other periods than a policy may have.
 * @throws OtpError as `stepAt`
 */
export function stepWithin(timeMs: number, { periodSeconds, t0Seconds }: TimeSteps, periodSecondsMax: number): number {
  if (!Number.isInteger(periodSeconds) || periodSeconds < 1 || periodSeconds > periodSecondsMax) {
    throw new OtpError('period-range', `period must be 1 to ${periodSecondsMax} whole seconds`);
  }
  if (!Number.isSafeInteger(t0Seconds)) throw new OtpError('time-range', 't0 must be whole seconds');
  const step = Math.floor((timeMs / 1000 - t0Seconds) / periodSeconds) + 0;
  if (!(step >= 0 && step <= COUNTER_MAX)) throw new OtpError('time-range', 'time is before t0 or beyond 2^53 steps');
  return step;
}

/**
 * Returns the code of `key` at `timeMs`.
 * @throws OtpError as `stepAt` and `hotp`
 */
export function totp(key: HmacKey, timeMs: number, steps: TimeSteps, digits: Digits): Code {
  return hotp(key, stepAt(timeMs, steps), digits);
}
