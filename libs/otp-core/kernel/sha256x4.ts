// Four SHA-256 HMACs at once, one in each lane of a 128-bit vector, over a counter: RFC 2104 on FIPS 180-4,
// 6.2.2, then the truncation of RFC 4226, 5.3. AssemblyScript, compiled by `npm run build` to WebAssembly.
//
// No branch, address or loop depends on a key or a MAC. One round of the compression is one line below: what
// the standard calls a to h changes places from line to line instead of being moved.

// The caller writes midstates and reads results (src/kernel/kernel-layout.ts has the same numbers): INNER and
// OUTER hold a vector for each word, KEY the words of one key alone, the inner ones first.
const INNER: usize = 0;
const OUTER: usize = 128;
const RESULTS: usize = 256;
const DIGEST: usize = 16896;
const KEY: usize = 17152;
/** How many codes one call may ask for: the results end before the digest. */
const CODES_MAX: i32 = 4096;

/** The 64 constants of the standard, in the memory behind everything above. */
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
function choose(e: v128, f: v128, g: v128): v128 {
  return v128.xor(g, v128.and(e, v128.xor(f, g)));
}

@inline
function majority(a: v128, b: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(c, v128.or(a, b)));
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
 * One compression of the 16 words from the state at `from`; the new state goes to `to`. Sixteen rounds a turn,
 * and between two turns the schedule's next sixteen words.
 */
function compress(
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

/** The four lanes' HMACs at the counters (high, low), truncated to 31 bits. */
@inline
function truncated(high: v128, low: v128): v128 {
  const zero = i32x4.splat(0);
  const end = i32x4.splat(0x80000000);
  // 64 bytes of key and 8 of counter; then 64 of key and 32 of digest, in bits.
  compress(INNER, DIGEST, high, low, end, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, i32x4.splat(576));
  const d0 = v128.load(DIGEST, 0);
  const d1 = v128.load(DIGEST, 16);
  const d2 = v128.load(DIGEST, 32);
  const d3 = v128.load(DIGEST, 48);
  const d4 = v128.load(DIGEST, 64);
  const d5 = v128.load(DIGEST, 80);
  const d6 = v128.load(DIGEST, 96);
  const d7 = v128.load(DIGEST, 112);
  compress(OUTER, DIGEST, d0, d1, d2, d3, d4, d5, d6, d7, end, zero, zero, zero, zero, zero, zero, i32x4.splat(768));
  const offset = v128.and(v128.load(DIGEST, 112), i32x4.splat(15));
  return dynamicTruncate(
    v128.load(DIGEST),
    v128.load(DIGEST, 16),
    v128.load(DIGEST, 32),
    v128.load(DIGEST, 48),
    v128.load(DIGEST, 64),
    offset,
  );
}

/** The 31 bits at byte `offset` of five words. All of them are read and shifted, whatever the offset. */
@inline
function dynamicTruncate(h0: v128, h1: v128, h2: v128, h3: v128, h4: v128, offset: v128): v128 {
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


/** The one key at KEY, into every lane. */
function splatKey(): void {
  for (let i: usize = 0; i < 8; i++) {
    v128.store(INNER + (i << 4), v128.load32_splat(KEY + i * 4));
    v128.store(OUTER + (i << 4), v128.load32_splat(KEY + (8 + i) * 4));
  }
}

/** Nothing of a key or a MAC stays behind; the results are the caller's to wipe. */
function wipe(): void {
  const zero = i32x4.splat(0);
  for (let i: usize = 0; i < 8; i++) {
    v128.store(INNER + (i << 4), zero);
    v128.store(OUTER + (i << 4), zero);
    v128.store(DIGEST + (i << 4), zero);
    v128.store(KEY + (i << 4), zero);
  }
}

/** Four keys at one counter: the lanes of the midstates are four keys. One result a lane. */
export function keys(high: i32, low: i32): void {
  v128.store(RESULTS, truncated(i32x4.splat(high), i32x4.splat(low)));
  wipe();
}

/**
 * One key, its words at KEY, at `count` counters from (high, low) on, four at a time. The low
 * word must not overflow: the caller cuts a range there. Returns how many results stand at RESULTS.
 */
export function counters(high: i32, low: i32, count: i32): i32 {
  if (count > CODES_MAX) return 0;
  splatKey();
  const lanes = i32x4(0, 1, 2, 3);
  for (let i = 0; i < count; i += 4) {
    v128.store(RESULTS + (<usize>i << 2), truncated(i32x4.splat(high), i32x4.add(i32x4.splat(low + i), lanes)));
  }
  wipe();
  return count;
}
