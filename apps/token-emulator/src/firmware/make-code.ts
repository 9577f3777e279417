import {
  bankPinDigits,
  formatCode,
  HmacKey,
  hotp,
  type OcraInputs,
  OtpError,
  ocraResponse,
  parseOcraSuite,
  totp,
} from '@ramz/otp-core';
import type { DeviceTime_ms } from '../kernel/instant.ts';
import type { Loaded } from './token-state.ts';

/** The code of the time, by the token's own clock. */
export function codeOfTime({ seed, provision }: Loaded, now: DeviceTime_ms): string {
  const { hash, digits, ...steps } = provision.parameters;
  using key = HmacKey.from(hash, seed);
  return formatCode(totp(key, now, steps, bankPinDigits(digits)));
}

/** The code of the next count. */
export function codeOfCounter({ seed, provision, counter }: Loaded): string {
  const { hash, digits } = provision.parameters;
  using key = HmacKey.from(hash, seed);
  return formatCode(hotp(key, counter, bankPinDigits(digits)));
}

/** The answer to a challenge; undefined for one that the suite does not take. */
export function answerOf(
  { seed, provision, counter }: Loaded,
  challenge: string,
  now: DeviceTime_ms,
): string | undefined {
  const suite = parseOcraSuite(provision.parameters.ocra_suite ?? '');
  using key = HmacKey.from(suite.hash, seed);
  const inputs: OcraInputs = {
    ...(suite.counter && { counter }),
    ...(suite.time_step_s !== undefined && { time_ms: now }),
  };
  try {
    return ocraResponse(key, suite, { mode: 'one-way', challenge }, inputs);
  } catch (error) {
    if (error instanceof OtpError) return undefined;
    throw error;
  }
}
