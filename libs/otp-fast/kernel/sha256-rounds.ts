// Four SHA-256 compressions at once, one in each lane of a 128-bit vector: FIPS 180-4, 6.2.2.
// AssemblyScript, a part of the kernels that import it.
//
// No branch, address or loop depends on the hashed data. One round of the compression is one line
// below: the working variables a to h change roles from line to line instead of being moved.

import { choose, majority } from './choose-majority';

/** The 64 constants of the standard, in memory after everything in layout.ts but the messages. */
const K: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const K_BYTES: usize = 256;

@inline
function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shr_u(x, by), i32x4.shl(x, 32 - by));
}

@inline
function sum0(a: v128): v128 {
  return v128.xor(v128.xor(rotate(a, 2), rotate(a, 13)), rotate(a, 22));
}

@inline
function sum1(e: v128): v128 {
  return v128.xor(v128.xor(rotate(e, 6), rotate(e, 11)), rotate(e, 25));
}

/** T1 of one round: h + sum1(e) + choose(e, f, g) + the constant at k + w. */
@inline
function t1(e: v128, f: v128, g: v128, h: v128, k: usize, w: v128): v128 {
  return i32x4.add(i32x4.add(i32x4.add(h, i32x4.add(v128.load32_splat(k), w)), choose(e, f, g)), sum1(e));
}

/** T2 of one round: sum0(a) + majority(a, b, c). */
@inline
function t2(a: v128, b: v128, c: v128): v128 {
  return i32x4.add(sum0(a), majority(a, b, c));
}

/** The schedule: w(t) = sigma1(w(t-2)) + w(t-7) + sigma0(w(t-15)) + w(t-16). */
@inline
function next(w2: v128, w7: v128, w15: v128, w16: v128): v128 {
  const sigma0 = v128.xor(v128.xor(rotate(w15, 7), rotate(w15, 18)), i32x4.shr_u(w15, 3));
  const sigma1 = v128.xor(v128.xor(rotate(w2, 17), rotate(w2, 19)), i32x4.shr_u(w2, 10));
  return i32x4.add(i32x4.add(sigma1, w7), i32x4.add(sigma0, w16));
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
  for (let k = K; ; k += 64) {
    t = t1(e, f, g, h, k, w0); d = i32x4.add(d, t); h = i32x4.add(t, t2(a, b, c));
    t = t1(d, e, f, g, k + 4, w1); c = i32x4.add(c, t); g = i32x4.add(t, t2(h, a, b));
    t = t1(c, d, e, f, k + 8, w2); b = i32x4.add(b, t); f = i32x4.add(t, t2(g, h, a));
    t = t1(b, c, d, e, k + 12, w3); a = i32x4.add(a, t); e = i32x4.add(t, t2(f, g, h));
    t = t1(a, b, c, d, k + 16, w4); h = i32x4.add(h, t); d = i32x4.add(t, t2(e, f, g));
    t = t1(h, a, b, c, k + 20, w5); g = i32x4.add(g, t); c = i32x4.add(t, t2(d, e, f));
    t = t1(g, h, a, b, k + 24, w6); f = i32x4.add(f, t); b = i32x4.add(t, t2(c, d, e));
    t = t1(f, g, h, a, k + 28, w7); e = i32x4.add(e, t); a = i32x4.add(t, t2(b, c, d));
    t = t1(e, f, g, h, k + 32, w8); d = i32x4.add(d, t); h = i32x4.add(t, t2(a, b, c));
    t = t1(d, e, f, g, k + 36, w9); c = i32x4.add(c, t); g = i32x4.add(t, t2(h, a, b));
    t = t1(c, d, e, f, k + 40, w10); b = i32x4.add(b, t); f = i32x4.add(t, t2(g, h, a));
    t = t1(b, c, d, e, k + 44, w11); a = i32x4.add(a, t); e = i32x4.add(t, t2(f, g, h));
    t = t1(a, b, c, d, k + 48, w12); h = i32x4.add(h, t); d = i32x4.add(t, t2(e, f, g));
    t = t1(h, a, b, c, k + 52, w13); g = i32x4.add(g, t); c = i32x4.add(t, t2(d, e, f));
    t = t1(g, h, a, b, k + 56, w14); f = i32x4.add(f, t); b = i32x4.add(t, t2(c, d, e));
    t = t1(f, g, h, a, k + 60, w15); e = i32x4.add(e, t); a = i32x4.add(t, t2(b, c, d));
    if (k == K + K_BYTES - 64) break;
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
  v128.store(to, i32x4.add(a, v128.load(from, 0)), 0);
  v128.store(to, i32x4.add(b, v128.load(from, 16)), 16);
  v128.store(to, i32x4.add(c, v128.load(from, 32)), 32);
  v128.store(to, i32x4.add(d, v128.load(from, 48)), 48);
  v128.store(to, i32x4.add(e, v128.load(from, 64)), 64);
  v128.store(to, i32x4.add(f, v128.load(from, 80)), 80);
  v128.store(to, i32x4.add(g, v128.load(from, 96)), 96);
  v128.store(to, i32x4.add(h, v128.load(from, 112)), 112);
}
