// SLIP-39, "Shamir's secret sharing": the field GF(2^8) with x^8 + x^4 + x^3 + x + 1, as in AES.

const REDUCTION = 0x1b;

/** Returns the product of two bytes. Always eight rounds: no table is indexed by a secret. */
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

/** Returns 1 / a, as a^254. Returns 0 for 0, by which callers never divide. */
export function invert(a: number): number {
  let power = a;
  let inverse = 1;
  for (let bit = 1; bit < 8; bit++) {
    power = multiply(power, power);
    inverse = multiply(inverse, power);
  }
  return inverse;
}
