// SLIP-39, "Generation of the shares": the secret is the value at x = 255, and the value at x = 254 is
// a digest of it, so that a wrong combination is noticed and not mistaken for a secret.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Secret, secretBytes } from '@ramz/otp-core';
import { CustodyError } from './errors.ts';
import { interpolate, type Point } from './interpolate.ts';
import type { Share } from './share.ts';

export const SECRET_X = 255;
export const DIGEST_X = 254;
export const DIGEST_BYTES = 4;
/** SLIP-39 allows 16 shares; one alone would be the secret itself, which no custodian may hold. */
export const SHARES_MAX = 16;
export const THRESHOLD_MIN = 2;
/** Half a digest block must stay random: the shortest secret SLIP-39 splits. */
const SECRET_BYTES_MIN = 16;

/** Fresh random bytes, made by `secretBytes`: a port, so that tests can seed it. */
export type RandomBytes = (length: number) => Uint8Array;

/**
 * `shares` parts of `secret`, any `threshold` of which make it again.
 * @throws CustodyError `threshold-range`, `secret-length`
 */
export function splitSecret(secret: Secret, threshold: number, shares: number, random: RandomBytes): Share[] {
  assertThreshold(threshold, shares);
  if (secret.length < SECRET_BYTES_MIN) {
    throw new CustodyError('secret-length', `a secret to split has at least ${SECRET_BYTES_MIN} bytes`);
  }
  const [high = 0, low = 0] = random(2);
  const set_id = (high << 8) | low;
  const given = randomPoints(threshold - 2, secret.length, random);
  const fixed = [...given, digestPoint(secret, random), { x: SECRET_X, y: secret.expose() }];
  const values = Array.from({ length: shares }, (_, i) => given[i]?.y ?? interpolate(fixed, i + 1));
  fixed[threshold - 2]?.y.fill(0);
  return values.map((value, i) => ({ set_id, threshold, index: i + 1, value: Secret.own(value) }));
}

export function digestOf(random_part: Uint8Array, secret: Uint8Array): Uint8Array {
  return hmac(sha256, random_part, secret).subarray(0, DIGEST_BYTES);
}

function digestPoint(secret: Secret, random: RandomBytes): Point {
  const random_part = random(secret.length - DIGEST_BYTES);
  const y = secretBytes(secret.length);
  y.set(digestOf(random_part, secret.expose()));
  y.set(random_part, DIGEST_BYTES);
  random_part.fill(0);
  return { x: DIGEST_X, y };
}

function randomPoints(count: number, length: number, random: RandomBytes): Point[] {
  return Array.from({ length: count }, (_, i) => ({ x: i + 1, y: random(length) }));
}

function assertThreshold(threshold: number, shares: number): void {
  const whole = Number.isInteger(threshold) && Number.isInteger(shares);
  if (!whole || threshold < THRESHOLD_MIN || shares < threshold || shares > SHARES_MAX) {
    throw new CustodyError(
      'threshold-range',
      `threshold must be ${THRESHOLD_MIN} or more and at most the number of shares, which is at most ${SHARES_MAX}`,
    );
  }
}
