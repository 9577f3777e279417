/**
 * 1 for zero, 0 for any other 32-bit integer, without a branch. `0 - value` and not `-value`: that would be the
 * number -0 for a match, which the engine meets with code of another kind, once and a hundred times slower.
 */
export function isZero(value: number): number {
  return ((value | (0 - value)) >>> 31) ^ 1;
}
