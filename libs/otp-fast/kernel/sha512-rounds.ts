// Two SHA-512 compressions at once, one in each lane of a 128-bit vector: FIPS 180-4, 6.4.2; and
// the truncation of two MACs: RFC 4226, 5.3. AssemblyScript, a part of the kernels that import it.
//
// No branch, address or loop depends on the hashed data. One round of the compression is one line
// below: the working variables a to h change roles from line to line instead of being moved.

import { choose, majority } from './choose-majority';

/** The 80 constants of the standard, in memory after everything in layout.ts but the messages. */
const K: usize = memory.data<u64>([
  0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
  0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
  0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
  0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
  0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
  0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
  0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
  0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
  0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
  0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
  0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
  0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
  0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
  0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
  0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
  0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
  0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
  0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
  0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
  0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
]);
const K_BYTES: usize = 640;

@inline
function rotate(x: v128, by: i32): v128 {
  return v128.or(i64x2.shr_u(x, by), i64x2.shl(x, 64 - by));
}

@inline
function sum0(a: v128): v128 {
  return v128.xor(v128.xor(rotate(a, 28), rotate(a, 34)), rotate(a, 39));
}

@inline
function sum1(e: v128): v128 {
  return v128.xor(v128.xor(rotate(e, 14), rotate(e, 18)), rotate(e, 41));
}

/** T1 of one round: h + sum1(e) + choose(e, f, g) + the constant at k + w. */
@inline
function t1(e: v128, f: v128, g: v128, h: v128, k: usize, w: v128): v128 {
  return i64x2.add(i64x2.add(i64x2.add(h, i64x2.add(v128.load64_splat(k), w)), choose(e, f, g)), sum1(e));
}

/** T2 of one round: sum0(a) + majority(a, b, c). */
@inline
function t2(a: v128, b: v128, c: v128): v128 {
  return i64x2.add(sum0(a), majority(a, b, c));
}

/** The schedule: w(t) = sigma1(w(t-2)) + w(t-7) + sigma0(w(t-15)) + w(t-16). */
@inline
function next(w2: v128, w7: v128, w15: v128, w16: v128): v128 {
  const sigma0 = v128.xor(v128.xor(rotate(w15, 1), rotate(w15, 8)), i64x2.shr_u(w15, 7));
  const sigma1 = v128.xor(v128.xor(rotate(w2, 19), rotate(w2, 61)), i64x2.shr_u(w2, 6));
  return i64x2.add(i64x2.add(sigma1, w7), i64x2.add(sigma0, w16));
}

/**
 * Compresses the 16 words into the state at `from`, and writes the new state to `to`. Computes the
 * next sixteen words of the schedule after every sixteen rounds.
 */
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
  let t: v128;
  let a = v128.load(from, 0);
  let b = v128.load(from, 16);
  let c = v128.load(from, 32);
  let d = v128.load(from, 48);
  let e = v128.load(from, 64);
  let f = v128.load(from, 80);
  let g = v128.load(from, 96);
  let h = v128.load(from, 112);
  for (let k = K; ; k += 128) {
    t = t1(e, f, g, h, k, w0); d = i64x2.add(d, t); h = i64x2.add(t, t2(a, b, c));
    t = t1(d, e, f, g, k + 8, w1); c = i64x2.add(c, t); g = i64x2.add(t, t2(h, a, b));
    t = t1(c, d, e, f, k + 16, w2); b = i64x2.add(b, t); f = i64x2.add(t, t2(g, h, a));
    t = t1(b, c, d, e, k + 24, w3); a = i64x2.add(a, t); e = i64x2.add(t, t2(f, g, h));
    t = t1(a, b, c, d, k + 32, w4); h = i64x2.add(h, t); d = i64x2.add(t, t2(e, f, g));
    t = t1(h, a, b, c, k + 40, w5); g = i64x2.add(g, t); c = i64x2.add(t, t2(d, e, f));
    t = t1(g, h, a, b, k + 48, w6); f = i64x2.add(f, t); b = i64x2.add(t, t2(c, d, e));
    t = t1(f, g, h, a, k + 56, w7); e = i64x2.add(e, t); a = i64x2.add(t, t2(b, c, d));
    t = t1(e, f, g, h, k + 64, w8); d = i64x2.add(d, t); h = i64x2.add(t, t2(a, b, c));
    t = t1(d, e, f, g, k + 72, w9); c = i64x2.add(c, t); g = i64x2.add(t, t2(h, a, b));
    t = t1(c, d, e, f, k + 80, w10); b = i64x2.add(b, t); f = i64x2.add(t, t2(g, h, a));
    t = t1(b, c, d, e, k + 88, w11); a = i64x2.add(a, t); e = i64x2.add(t, t2(f, g, h));
    t = t1(a, b, c, d, k + 96, w12); h = i64x2.add(h, t); d = i64x2.add(t, t2(e, f, g));
    t = t1(h, a, b, c, k + 104, w13); g = i64x2.add(g, t); c = i64x2.add(t, t2(d, e, f));
    t = t1(g, h, a, b, k + 112, w14); f = i64x2.add(f, t); b = i64x2.add(t, t2(c, d, e));
    t = t1(f, g, h, a, k + 120, w15); e = i64x2.add(e, t); a = i64x2.add(t, t2(b, c, d));
    if (k == K + K_BYTES - 128) break;
    w0 = next(w14, w9, w1, w0);
    w1 = next(w15, w10, w2, w1);
    w2 = next(w0, w11, w3, w2);
    w3 = next(w1, w12, w4, w3);
    w4 = next(w2, w13, w5, w4);
    w5 = next(w3, w14, w6, w5);
    w6 = next(w4, w15, w7, w6);
    w7 = next(w5, w0, w8, w7);
    w8 = next(w6, w1, w9, w8);
    w9 = next(w7, w2, w10, w9);
    w10 = next(w8, w3, w11, w10);
    w11 = next(w9, w4, w12, w11);
    w12 = next(w10, w5, w13, w12);
    w13 = next(w11, w6, w14, w13);
    w14 = next(w12, w7, w15, w14);
    w15 = next(w13, w8, w0, w15);
  }
  v128.store(to, i64x2.add(a, v128.load(from, 0)), 0);
  v128.store(to, i64x2.add(b, v128.load(from, 16)), 16);
  v128.store(to, i64x2.add(c, v128.load(from, 32)), 32);
  v128.store(to, i64x2.add(d, v128.load(from, 48)), 48);
  v128.store(to, i64x2.add(e, v128.load(from, 64)), 64);
  v128.store(to, i64x2.add(f, v128.load(from, 80)), 80);
  v128.store(to, i64x2.add(g, v128.load(from, 96)), 96);
  v128.store(to, i64x2.add(h, v128.load(from, 112)), 112);
}

/**
 * Returns the 31 bits at byte `offset` of three eight-byte words. Reads all of them and makes each of
 * the sixteen shifts for every offset.
 */
@inline
export function dynamicTruncate(h0: v128, h1: v128, h2: v128, offset: v128): v128 {
  let chosen = i64x2.splat(0);
  chosen = v128.or(chosen, v128.and(i64x2.shr_u(h0, 32), i64x2.eq(offset, i64x2.splat(0))));
  chosen = v128.or(chosen, v128.and(i64x2.shr_u(h0, 24), i64x2.eq(offset, i64x2.splat(1))));
  chosen = v128.or(chosen, v128.and(i64x2.shr_u(h0, 16), i64x2.eq(offset, i64x2.splat(2))));
  chosen = v128.or(chosen, v128.and(i64x2.shr_u(h0, 8), i64x2.eq(offset, i64x2.splat(3))));
  chosen = v128.or(chosen, v128.and(h0, i64x2.eq(offset, i64x2.splat(4))));
  chosen = v128.or(chosen, v128.and(v128.or(i64x2.shl(h0, 8), i64x2.shr_u(h1, 56)), i64x2.eq(offset, i64x2.splat(5))));
  chosen = v128.or(chosen, v128.and(v128.or(i64x2.shl(h0, 16), i64x2.shr_u(h1, 48)), i64x2.eq(offset, i64x2.splat(6))));
  chosen = v128.or(chosen, v128.and(v128.or(i64x2.shl(h0, 24), i64x2.shr_u(h1, 40)), i64x2.eq(offset, i64x2.splat(7))));
  chosen = v128.or(chosen, v128.and(i64x2.shr_u(h1, 32), i64x2.eq(offset, i64x2.splat(8))));
  chosen = v128.or(chosen, v128.and(i64x2.shr_u(h1, 24), i64x2.eq(offset, i64x2.splat(9))));
  chosen = v128.or(chosen, v128.and(i64x2.shr_u(h1, 16), i64x2.eq(offset, i64x2.splat(10))));
  chosen = v128.or(chosen, v128.and(i64x2.shr_u(h1, 8), i64x2.eq(offset, i64x2.splat(11))));
  chosen = v128.or(chosen, v128.and(h1, i64x2.eq(offset, i64x2.splat(12))));
  chosen = v128.or(chosen, v128.and(v128.or(i64x2.shl(h1, 8), i64x2.shr_u(h2, 56)), i64x2.eq(offset, i64x2.splat(13))));
  chosen = v128.or(chosen, v128.and(v128.or(i64x2.shl(h1, 16), i64x2.shr_u(h2, 48)), i64x2.eq(offset, i64x2.splat(14))));
  chosen = v128.or(chosen, v128.and(v128.or(i64x2.shl(h1, 24), i64x2.shr_u(h2, 40)), i64x2.eq(offset, i64x2.splat(15))));
  return v128.and(chosen, i64x2.splat(0x7fffffff));
}
