// Ch and Maj of FIPS 180-4, 4.1, bit by bit: the same in lanes of any width. AssemblyScript, a part
// of the kernels that import it.
//
// SHA-1 uses them in different rounds (4.1.1); SHA-256 and SHA-512 use both in each round (4.1.2,
// 4.1.3). Each takes one operation less than the standard's formula, for the same result.

/** Each bit of `x` chooses the bit of `y` or of `z`. */
@inline
export function choose(x: v128, y: v128, z: v128): v128 {
  return v128.xor(z, v128.and(x, v128.xor(y, z)));
}

/** The bits that are set in at least two of the three. */
@inline
export function majority(x: v128, y: v128, z: v128): v128 {
  return v128.or(v128.and(x, y), v128.and(z, v128.or(x, y)));
}
