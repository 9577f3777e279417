// The truncation of four MACs at once: RFC 4226, 5.3. AssemblyScript, a part of the kernels that
// import it.

/** Returns the 31 bits at byte `offset` of five words. Reads and shifts all of them for every offset. */
@inline
export function dynamicTruncate(h0: v128, h1: v128, h2: v128, h3: v128, h4: v128, offset: v128): v128 {
  const word = i32x4.shr_u(offset, 2);
  const byte = v128.and(offset, i32x4.splat(3));
  const is0 = i32x4.eq(word, i32x4.splat(0));
  const is1 = i32x4.eq(word, i32x4.splat(1));
  const is2 = i32x4.eq(word, i32x4.splat(2));
  const is3 = i32x4.eq(word, i32x4.splat(3));
  const first = v128.or(v128.or(v128.and(h0, is0), v128.and(h1, is1)), v128.or(v128.and(h2, is2), v128.and(h3, is3)));
  const second = v128.or(v128.or(v128.and(h1, is0), v128.and(h2, is1)), v128.or(v128.and(h3, is2), v128.and(h4, is3)));
  const at0 = v128.and(first, i32x4.eq(byte, i32x4.splat(0)));
  const at1 = v128.and(joined(first, second, 8), i32x4.eq(byte, i32x4.splat(1)));
  const at2 = v128.and(joined(first, second, 16), i32x4.eq(byte, i32x4.splat(2)));
  const at3 = v128.and(joined(first, second, 24), i32x4.eq(byte, i32x4.splat(3)));
  return v128.and(v128.or(v128.or(at0, at1), v128.or(at2, at3)), i32x4.splat(0x7fffffff));
}

@inline
function joined(first: v128, second: v128, by: i32): v128 {
  return v128.or(i32x4.shl(first, by), i32x4.shr_u(second, 32 - by));
}
