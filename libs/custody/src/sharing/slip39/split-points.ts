// SLIP-39, "Generation of the shares": the secret is the value at x = 255. The value at x = 254 is
// a digest of the secret. The digest detects a combination of wrong shares.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Secret, secretBytes } from '@ramz/otp-core';
import type { RandomBytes } from '../../entropy.ts';
import { CustodyError } from '../../errors.ts';
import { sameBytes } from '../../same-bytes.ts';
import { interpolate, type Point } from './interpolate.ts';
import { SHARES_MAX } from './share.ts';

const SECRET_X = 255;
const DIGEST_X = 254;
const DIGEST_BYTES = 4;

/** One point of the split: x from 0. */
export interface SplitPoint {
  readonly x: number;
  readonly value: Secret;
}

/**
 * Splits a secret into `count` points. Any `threshold` of these points restore the secret.
 * @throws CustodyError `threshold-range`
 */
export function splitPoints(secret: Secret, threshold: number, count: number, random: RandomBytes): SplitPoint[] {
  assertThreshold(threshold, count);
  if (threshold === 1) return repeatPoint(secret, count);
  const given = Array.from({ length: threshold - 2 }, (_, x) => ({ x, y: random(secret.length) }));
  const digest = digestPoint(secret, random);
  const fixed = [...given, digest, { x: SECRET_X, y: secret.expose() }];
  const points = Array.from({ length: count }, (_, x) => ({
    x,
    value: Secret.own(given[x]?.y ?? interpolate(fixed, x)),
  }));
  digest.y.fill(0);
  return points;
}

/** Returns `count` points, each with a copy of the secret, for a threshold of 1. */
export function repeatPoint(secret: Secret, count: number): SplitPoint[] {
  return Array.from({ length: count }, (_, x) => ({ x, value: Secret.copy(secret.expose()) }));
}

/**
 * Restores the secret from exactly `threshold` points.
 * @throws CustodyError `secret-digest-wrong` when a point was forged
 */
export function combinePoints(points: readonly SplitPoint[]): Secret {
  const [only] = points;
  if (points.length === 1 && only !== undefined) return Secret.copy(only.value.expose());
  const given = points.map(({ x, value }) => ({ x, y: value.expose() }));
  const secret = Secret.own(interpolate(given, SECRET_X));
  const digest = interpolate(given, DIGEST_X);
  const right = sameBytes(digestOf(digest.subarray(DIGEST_BYTES), secret.expose()), digest.subarray(0, DIGEST_BYTES));
  digest.fill(0);
  if (right) return secret;
  secret.wipe();
  throw new CustodyError('secret-digest-wrong', 'the shares do not combine to a secret: one of them was forged');
}

function digestOf(randomPart: Uint8Array, secret: Uint8Array): Uint8Array {
  return hmac(sha256, randomPart, secret).subarray(0, DIGEST_BYTES);
}

function digestPoint(secret: Secret, random: RandomBytes): Point {
  const y = secretBytes(secret.length);
  const randomPart = random(secret.length - DIGEST_BYTES);
  y.set(digestOf(randomPart, secret.expose()));
  y.set(randomPart, DIGEST_BYTES);
  randomPart.fill(0);
  return { x: DIGEST_X, y };
}

function assertThreshold(threshold: number, count: number): void {
  const whole = Number.isInteger(threshold) && Number.isInteger(count);
  if (!whole || threshold < 1 || count < threshold || count > SHARES_MAX) {
    throw new CustodyError(
      'threshold-range',
      `a threshold is 1 to the number of shares, which is at most ${SHARES_MAX}`,
    );
  }
  if (threshold === 1 && count > 1) {
    throw new CustodyError('threshold-range', 'with a threshold of 1 every share would be the secret itself');
  }
}
