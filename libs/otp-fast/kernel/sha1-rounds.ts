// Four SHA-1 compressions at once, one in each lane of a 128-bit vector: FIPS 180-4, 6.1.2.
// AssemblyScript, a part of the kernels that import it.
//
// No branch, address or loop depends on the hashed data. One round of the compression is one line
// below: the working variables a to e change roles from line to line instead of being moved.

import { choose, majority } from './choose-majority';

const K0: v128 = i32x4.splat(0x5a827999);
const K1: v128 = i32x4.splat(0x6ed9eba1);
const K2: v128 = i32x4.splat(0x8f1bbcdc);
const K3: v128 = i32x4.splat(0xca62c1d6);

@inline
function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

@inline
function parity(b: v128, c: v128, d: v128): v128 {
  return v128.xor(v128.xor(b, c), d);
}

/** The new e of one round: rotl5(a) + f(b, c, d) + e + k + w. The newest value, a, is added last. */
@inline
function round(a: v128, f: v128, e: v128, k: v128, w: v128): v128 {
  return i32x4.add(i32x4.add(f, i32x4.add(e, i32x4.add(k, w))), rotate(a, 5));
}

/** The schedule: w(t) = rotl1(w(t-3) ^ w(t-8) ^ w(t-14) ^ w(t-16)). */
@inline
function next(w3: v128, w8: v128, w14: v128, w16: v128): v128 {
  return rotate(v128.xor(v128.xor(w3, w8), v128.xor(w14, w16)), 1);
}

/** Compresses the 16 words into the state at `from`, and writes the new state to `to`. */
export function compress(
  from: usize,
  to: usize,
  w0: v128,
  w1: v128,
  w2: v128,
  w3: v128,
  w4: v128,
  w5: v128,
  w6: v128,
  w7: v128,
  w8: v128,
  w9: v128,
  w10: v128,
  w11: v128,
  w12: v128,
  w13: v128,
  w14: v128,
  w15: v128,
): void {
  let a = v128.load(from, 0);
  let b = v128.load(from, 16);
  let c = v128.load(from, 32);
  let d = v128.load(from, 48);
  let e = v128.load(from, 64);
  e = round(a, choose(b, c, d), e, K0, w0); b = rotate(b, 30);
  d = round(e, choose(a, b, c), d, K0, w1); a = rotate(a, 30);
  c = round(d, choose(e, a, b), c, K0, w2); e = rotate(e, 30);
  b = round(c, choose(d, e, a), b, K0, w3); d = rotate(d, 30);
  a = round(b, choose(c, d, e), a, K0, w4); c = rotate(c, 30);
  e = round(a, choose(b, c, d), e, K0, w5); b = rotate(b, 30);
  d = round(e, choose(a, b, c), d, K0, w6); a = rotate(a, 30);
  c = round(d, choose(e, a, b), c, K0, w7); e = rotate(e, 30);
  b = round(c, choose(d, e, a), b, K0, w8); d = rotate(d, 30);
  a = round(b, choose(c, d, e), a, K0, w9); c = rotate(c, 30);
  e = round(a, choose(b, c, d), e, K0, w10); b = rotate(b, 30);
  d = round(e, choose(a, b, c), d, K0, w11); a = rotate(a, 30);
  c = round(d, choose(e, a, b), c, K0, w12); e = rotate(e, 30);
  b = round(c, choose(d, e, a), b, K0, w13); d = rotate(d, 30);
  a = round(b, choose(c, d, e), a, K0, w14); c = rotate(c, 30);
  e = round(a, choose(b, c, d), e, K0, w15); b = rotate(b, 30);
  w0 = next(w13, w8, w2, w0);
  d = round(e, choose(a, b, c), d, K0, w0); a = rotate(a, 30);
  w1 = next(w14, w9, w3, w1);
  c = round(d, choose(e, a, b), c, K0, w1); e = rotate(e, 30);
  w2 = next(w15, w10, w4, w2);
  b = round(c, choose(d, e, a), b, K0, w2); d = rotate(d, 30);
  w3 = next(w0, w11, w5, w3);
  a = round(b, choose(c, d, e), a, K0, w3); c = rotate(c, 30);
  w4 = next(w1, w12, w6, w4);
  e = round(a, parity(b, c, d), e, K1, w4); b = rotate(b, 30);
  w5 = next(w2, w13, w7, w5);
  d = round(e, parity(a, b, c), d, K1, w5); a = rotate(a, 30);
  w6 = next(w3, w14, w8, w6);
  c = round(d, parity(e, a, b), c, K1, w6); e = rotate(e, 30);
  w7 = next(w4, w15, w9, w7);
  b = round(c, parity(d, e, a), b, K1, w7); d = rotate(d, 30);
  w8 = next(w5, w0, w10, w8);
  a = round(b, parity(c, d, e), a, K1, w8); c = rotate(c, 30);
  w9 = next(w6, w1, w11, w9);
  e = round(a, parity(b, c, d), e, K1, w9); b = rotate(b, 30);
  w10 = next(w7, w2, w12, w10);
  d = round(e, parity(a, b, c), d, K1, w10); a = rotate(a, 30);
  w11 = next(w8, w3, w13, w11);
  c = round(d, parity(e, a, b), c, K1, w11); e = rotate(e, 30);
  w12 = next(w9, w4, w14, w12);
  b = round(c, parity(d, e, a), b, K1, w12); d = rotate(d, 30);
  w13 = next(w10, w5, w15, w13);
  a = round(b, parity(c, d, e), a, K1, w13); c = rotate(c, 30);
  w14 = next(w11, w6, w0, w14);
  e = round(a, parity(b, c, d), e, K1, w14); b = rotate(b, 30);
  w15 = next(w12, w7, w1, w15);
  d = round(e, parity(a, b, c), d, K1, w15); a = rotate(a, 30);
  w0 = next(w13, w8, w2, w0);
  c = round(d, parity(e, a, b), c, K1, w0); e = rotate(e, 30);
  w1 = next(w14, w9, w3, w1);
  b = round(c, parity(d, e, a), b, K1, w1); d = rotate(d, 30);
  w2 = next(w15, w10, w4, w2);
  a = round(b, parity(c, d, e), a, K1, w2); c = rotate(c, 30);
  w3 = next(w0, w11, w5, w3);
  e = round(a, parity(b, c, d), e, K1, w3); b = rotate(b, 30);
  w4 = next(w1, w12, w6, w4);
  d = round(e, parity(a, b, c), d, K1, w4); a = rotate(a, 30);
  w5 = next(w2, w13, w7, w5);
  c = round(d, parity(e, a, b), c, K1, w5); e = rotate(e, 30);
  w6 = next(w3, w14, w8, w6);
  b = round(c, parity(d, e, a), b, K1, w6); d = rotate(d, 30);
  w7 = next(w4, w15, w9, w7);
  a = round(b, parity(c, d, e), a, K1, w7); c = rotate(c, 30);
  w8 = next(w5, w0, w10, w8);
  e = round(a, majority(b, c, d), e, K2, w8); b = rotate(b, 30);
  w9 = next(w6, w1, w11, w9);
  d = round(e, majority(a, b, c), d, K2, w9); a = rotate(a, 30);
  w10 = next(w7, w2, w12, w10);
  c = round(d, majority(e, a, b), c, K2, w10); e = rotate(e, 30);
  w11 = next(w8, w3, w13, w11);
  b = round(c, majority(d, e, a), b, K2, w11); d = rotate(d, 30);
  w12 = next(w9, w4, w14, w12);
  a = round(b, majority(c, d, e), a, K2, w12); c = rotate(c, 30);
  w13 = next(w10, w5, w15, w13);
  e = round(a, majority(b, c, d), e, K2, w13); b = rotate(b, 30);
  w14 = next(w11, w6, w0, w14);
  d = round(e, majority(a, b, c), d, K2, w14); a = rotate(a, 30);
  w15 = next(w12, w7, w1, w15);
  c = round(d, majority(e, a, b), c, K2, w15); e = rotate(e, 30);
  w0 = next(w13, w8, w2, w0);
  b = round(c, majority(d, e, a), b, K2, w0); d = rotate(d, 30);
  w1 = next(w14, w9, w3, w1);
  a = round(b, majority(c, d, e), a, K2, w1); c = rotate(c, 30);
  w2 = next(w15, w10, w4, w2);
  e = round(a, majority(b, c, d), e, K2, w2); b = rotate(b, 30);
  w3 = next(w0, w11, w5, w3);
  d = round(e, majority(a, b, c), d, K2, w3); a = rotate(a, 30);
  w4 = next(w1, w12, w6, w4);
  c = round(d, majority(e, a, b), c, K2, w4); e = rotate(e, 30);
  w5 = next(w2, w13, w7, w5);
  b = round(c, majority(d, e, a), b, K2, w5); d = rotate(d, 30);
  w6 = next(w3, w14, w8, w6);
  a = round(b, majority(c, d, e), a, K2, w6); c = rotate(c, 30);
  w7 = next(w4, w15, w9, w7);
  e = round(a, majority(b, c, d), e, K2, w7); b = rotate(b, 30);
  w8 = next(w5, w0, w10, w8);
  d = round(e, majority(a, b, c), d, K2, w8); a = rotate(a, 30);
  w9 = next(w6, w1, w11, w9);
  c = round(d, majority(e, a, b), c, K2, w9); e = rotate(e, 30);
  w10 = next(w7, w2, w12, w10);
  b = round(c, majority(d, e, a), b, K2, w10); d = rotate(d, 30);
  w11 = next(w8, w3, w13, w11);
  a = round(b, majority(c, d, e), a, K2, w11); c = rotate(c, 30);
  w12 = next(w9, w4, w14, w12);
  e = round(a, parity(b, c, d), e, K3, w12); b = rotate(b, 30);
  w13 = next(w10, w5, w15, w13);
  d = round(e, parity(a, b, c), d, K3, w13); a = rotate(a, 30);
  w14 = next(w11, w6, w0, w14);
  c = round(d, parity(e, a, b), c, K3, w14); e = rotate(e, 30);
  w15 = next(w12, w7, w1, w15);
  b = round(c, parity(d, e, a), b, K3, w15); d = rotate(d, 30);
  w0 = next(w13, w8, w2, w0);
  a = round(b, parity(c, d, e), a, K3, w0); c = rotate(c, 30);
  w1 = next(w14, w9, w3, w1);
  e = round(a, parity(b, c, d), e, K3, w1); b = rotate(b, 30);
  w2 = next(w15, w10, w4, w2);
  d = round(e, parity(a, b, c), d, K3, w2); a = rotate(a, 30);
  w3 = next(w0, w11, w5, w3);
  c = round(d, parity(e, a, b), c, K3, w3); e = rotate(e, 30);
  w4 = next(w1, w12, w6, w4);
  b = round(c, parity(d, e, a), b, K3, w4); d = rotate(d, 30);
  w5 = next(w2, w13, w7, w5);
  a = round(b, parity(c, d, e), a, K3, w5); c = rotate(c, 30);
  w6 = next(w3, w14, w8, w6);
  e = round(a, parity(b, c, d), e, K3, w6); b = rotate(b, 30);
  w7 = next(w4, w15, w9, w7);
  d = round(e, parity(a, b, c), d, K3, w7); a = rotate(a, 30);
  w8 = next(w5, w0, w10, w8);
  c = round(d, parity(e, a, b), c, K3, w8); e = rotate(e, 30);
  w9 = next(w6, w1, w11, w9);
  b = round(c, parity(d, e, a), b, K3, w9); d = rotate(d, 30);
  w10 = next(w7, w2, w12, w10);
  a = round(b, parity(c, d, e), a, K3, w10); c = rotate(c, 30);
  w11 = next(w8, w3, w13, w11);
  e = round(a, parity(b, c, d), e, K3, w11); b = rotate(b, 30);
  w12 = next(w9, w4, w14, w12);
  d = round(e, parity(a, b, c), d, K3, w12); a = rotate(a, 30);
  w13 = next(w10, w5, w15, w13);
  c = round(d, parity(e, a, b), c, K3, w13); e = rotate(e, 30);
  w14 = next(w11, w6, w0, w14);
  b = round(c, parity(d, e, a), b, K3, w14); d = rotate(d, 30);
  w15 = next(w12, w7, w1, w15);
  a = round(b, parity(c, d, e), a, K3, w15); c = rotate(c, 30);
  v128.store(to, i32x4.add(a, v128.load(from, 0)), 0);
  v128.store(to, i32x4.add(b, v128.load(from, 16)), 16);
  v128.store(to, i32x4.add(c, v128.load(from, 32)), 32);
  v128.store(to, i32x4.add(d, v128.load(from, 48)), 48);
  v128.store(to, i32x4.add(e, v128.load(from, 64)), 64);
}
