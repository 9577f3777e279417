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
import type { DeviceTimeMs } from '../time/instant.ts';
import type { LoadedSeed, TokenParameters } from './token-state.ts';

/** Of a code that a glass shows. */
const DIGITS_MIN = 4;

/** The code of the time, by the token's own clock; undefined before its first step. */
export function codeOfTime({ seed, provision }: LoadedSeed, now: DeviceTimeMs): string | undefined {
  const { hash, digits, ...steps } = provision.parameters;
  return unlessImpossible(() => {
    using key = HmacKey.from(hash, seed);
    return formatCode(totp(key, now, steps, bankPinDigits(digits)));
  });
}

/** The code of the next count; undefined behind the last. */
export function codeOfCounter({ seed, provision, counter }: LoadedSeed): string | undefined {
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
  { hash, digits, ocraSuite }: TokenParameters,
  seed: Secret,
  displayDigits: number,
): boolean {
  try {
    HmacKey.from(hash, seed).wipe();
    const suite = ocraSuite === undefined ? undefined : parseOcraSuite(ocraSuite);
    const shown = suite?.digits ?? digits;
    return shown >= DIGITS_MIN && shown <= displayDigits;
  } catch (error) {
    if (error instanceof OtpError) return false;
    throw error;
  }
}

/** The answer to a challenge; undefined for one that the suite does not take, or a token without a suite. */
export function answerOf(
  { seed, provision, counter }: LoadedSeed,
  challenge: string,
  now: DeviceTimeMs,
): string | undefined {
  return unlessImpossible(() => {
    const suite = parseOcraSuite(provision.parameters.ocraSuite ?? '');
    using key = HmacKey.from(suite.hash, seed);
    const inputs: OcraInputs = {
      ...(suite.counter && { counter }),
      ...(suite.timeStepSeconds !== undefined && { timeMs: now }),
    };
    return ocraResponse(key, suite, { mode: 'one-way', challenge }, inputs);
  });
}
