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

/** Fewest digits of a code on the glass. */
const DIGITS_MIN = 4;

/** Returns the code for the time on the token's own clock; undefined before its first step. */
export function codeOfTime({ seed, provision }: LoadedSeed, now: DeviceTimeMs): string | undefined {
  const { hash, digits, ...steps } = provision.parameters;
  return unlessImpossible(() => {
    using key = HmacKey.from(hash, seed);
    return formatCode(totp(key, now, steps, bankPinDigits(digits)));
  });
}

/** Returns the code for the next count; undefined after the last. */
export function codeOfCounter({ seed, provision, counter }: LoadedSeed): string | undefined {
  const { hash, digits } = provision.parameters;
  return unlessImpossible(() => {
    using key = HmacKey.from(hash, seed);
    return formatCode(hotp(key, counter, bankPinDigits(digits)));
  });
}

/** Returns undefined if no code is possible: a host may load such parameters. */
function unlessImpossible(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof OtpError) return undefined;
    throw error;
  }
}

/** Returns whether a seed and its parameters can make a code that the glass shows. */
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

/** Returns the answer to a challenge; undefined if the suite rejects it or there is no suite. */
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
    // A device answers the challenge that it is given. Whether one hashes like another is the
    // concern of the server that asks.
    return ocraResponse(key, suite, { mode: 'one-way', challenge }, inputs, { allowCollidingChallenges: true });
  });
}
