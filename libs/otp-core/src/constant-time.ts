/**
 * Returns 1 for zero and 0 for any other 32-bit integer, without a branch. Uses `0 - value`,
 * because `-value` is -0 for a match: V8 then deoptimizes and takes a hundred times as long, once.
 */
export function isZero(value: number): number {
  return ((value | (0 - value)) >>> 31) ^ 1;
}
