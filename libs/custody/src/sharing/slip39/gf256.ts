// SLIP-39, "Shamir's secret sharing": the field GF(2^8) with x^8 + x^4 + x^3 + x + 1, as in AES.

const REDUCTION = 0x1b;

/**
 * Returns the product of two bytes, in eight rounds for any input. Uses no table: the index into a
 * table would depend on a secret.
 */
export function multiply(a: number, b: number): number {
  let product = 0;
  let doubled = a;
  for (let bit = 0; bit < 8; bit++) {
    product ^= doubled & -((b >>> bit) & 1);
    const carry = -((doubled >>> 7) & 1);
    doubled = ((doubled << 1) & 0xff) ^ (REDUCTION & carry);
  }
  return product;
}

/** Returns 1 / a, computed as a^254. Returns 0 for 0; no caller divides by 0. */
export function invert(a: number): number {
  let power = a;
  let inverse = 1;
  for (let bit = 1; bit < 8; bit++) {
    power = multiply(power, power);
    inverse = multiply(inverse, power);
  }
  return inverse;
}
