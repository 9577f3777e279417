// SLIP-39, "Shamir's secret sharing": Lagrange interpolation, with one polynomial for
// each byte of the secret.
import { secretBytes } from '@ramz/otp-core';
import { invert, multiply } from './gf256.ts';

/** The values `y` of all polynomials at one `x`. `x` is public, the bytes of `y` are secret. */
export interface Point {
  readonly x: number;
  readonly y: Uint8Array;
}

/**
 * Returns the values at `x` of the polynomials through `points`. All points have distinct x and
 * equal lengths.
 */
export function interpolate(points: readonly Point[], x: number): Uint8Array {
  const value = secretBytes(points[0]?.y.length ?? 0);
  for (const point of points) {
    const weight = lagrangeWeight(points, point.x, x);
    point.y.forEach((byte, i) => {
      value[i] = (value[i] ?? 0) ^ multiply(byte, weight);
    });
  }
  return value;
}

function lagrangeWeight(points: readonly Point[], own: number, x: number): number {
  let weight = 1;
  for (const other of points) {
    if (other.x === own) continue;
    // Subtraction in GF(2^8) is xor.
    weight = multiply(weight, multiply(x ^ other.x, invert(own ^ other.x)));
  }
  return weight;
}
