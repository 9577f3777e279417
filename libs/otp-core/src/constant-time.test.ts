import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZero } from './constant-time.ts';

describe('comparison without branches', () => {
  it('returns 1 for zero only', () => {
    expect(isZero(0)).toBe(1);
    for (const value of [1, -1, 2, 0x7fffffff, 0x80000000 | 0, 0x40000000]) expect(isZero(value)).toBe(0);
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(isZero(value)).toBe(Number(value === 0));
      }),
    );
  });
});
