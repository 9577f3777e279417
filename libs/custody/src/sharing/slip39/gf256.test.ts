import { describe, expect, it } from 'vitest';
import { invert, multiply } from './gf256.ts';

/** Multiplies by the definition: polynomials over GF(2), then the remainder. */
function byDefinition(a: number, b: number): number {
  let product = 0;
  for (let i = 0; i < 8; i++) if ((b >> i) & 1) product ^= a << i;
  for (let i = 14; i >= 8; i--) if ((product >> i) & 1) product ^= 0x11b << (i - 8);
  return product;
}

describe('GF(256)', () => {
  it('multiplies all pairs as defined', () => {
    let wrong = 0;
    for (let a = 0; a < 256; a++) for (let b = 0; b < 256; b++) wrong += Number(multiply(a, b) !== byDefinition(a, b));
    expect(wrong).toBe(0);
  });

  it('inverts every element but zero', () => {
    for (let a = 1; a < 256; a++) expect(multiply(a, invert(a))).toBe(1);
    expect(invert(0)).toBe(0);
  });
});
