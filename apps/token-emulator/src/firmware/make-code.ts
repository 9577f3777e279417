import {
  bankPinDigits,
  formatCode,
  HmacKey,
  hotp,
  type OcraInputs,
  OtpError,
  ocraResponse,
  parseOcraSuite,
  type Secret,
  totp,
} from '@ramz/otp-core';
import type { DeviceTime_ms } from '../kernel/instant.ts';
import type { Loaded, TokenParameters } from './token-state.ts';

/** Of a code that a glass shows. */
const DIGITS_MIN = 4;

/** The code of the time, by the token's own clock; undefined before its first step. */
export function codeOfTime({ seed, provision }: Loaded, now: DeviceTime_ms): string | undefined {
  const { hash, digits, ...steps } = provision.parameters;
  return unlessImpossible(() => {
    using key = HmacKey.from(hash, seed);
    return formatCode(totp(key, now, steps, bankPinDigits(digits)));
  });
}

/** The code of the next count; undefined behind the last. */
export function codeOfCounter({ seed, provision, counter }: Loaded): string | undefined {
  const { hash, digits } = provision.parameters;
  return unlessImpossible(() => {
    using key = HmacKey.from(hash, seed);
    return formatCode(hotp(key, counter, bankPinDigits(digits)));
  });
}

/** What a host has loaded may make no code: a program says so, and goes on. */
function unlessImpossible(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof OtpError) return undefined;
    throw error;
  }
}

/** Whether a seed and its parameters can make a code at all. */
export function canMakeCodes(
  { hash, digits, ocra_suite }: TokenParameters,
  seed: Secret,
  display_digits: number,
): boolean {
  try {
    HmacKey.from(hash, seed).wipe();
    const suite = ocra_suite === undefined ? undefined : parseOcraSuite(ocra_suite);
    const shown = suite?.digits ?? digits;
    return shown >= DIGITS_MIN && shown <= display_digits;
  } catch (error) {
    if (error instanceof OtpError) return false;
    throw error;
  }
}

/** The answer to a challenge; undefined for one that the suite does not take, or a token without a suite. */
export function answerOf(
  { seed, provision, counter }: Loaded,
  challenge: string,
  now: DeviceTime_ms,
): string | undefined {
  return unlessImpossible(() => {
    const suite = parseOcraSuite(provision.parameters.ocra_suite ?? '');
    using key = HmacKey.from(suite.hash, seed);
    const inputs: OcraInputs = {
      ...(suite.counter && { counter }),
      ...(suite.time_step_s !== undefined && { time_ms: now }),
    };
    return ocraResponse(key, suite, { mode: 'one-way', challenge }, inputs);
  });
}
