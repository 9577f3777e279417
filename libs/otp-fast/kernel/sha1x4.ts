// Four SHA-1 HMACs at once, one in each lane of a 128-bit vector, over a counter: RFC 2104 on FIPS 180-4,
// 6.1.2, then the truncation of RFC 4226, 5.3. AssemblyScript, compiled by `npm run build` to WebAssembly.
//
// No branch, address or loop depends on a key or a MAC. One round of the compression is one line below: what
// the standard calls a to e changes places from line to line instead of being moved.

// The caller writes midstates and reads results (src/kernel/kernel-layout.ts has the same numbers): INNER and
// OUTER hold a vector for each word, KEY the words of one key alone, the inner ones first.
const INNER: usize = 0;
const OUTER: usize = 128;
const RESULTS: usize = 256;
const DIGEST: usize = 16896;
const KEY: usize = 17152;
/** How many codes one call may ask for: the results end before the digest. */
const CODES_MAX: i32 = 4096;

const K0: v128 = i32x4.splat(0x5a827999);
const K1: v128 = i32x4.splat(0x6ed9eba1);
const K2: v128 = i32x4.splat(0x8f1bbcdc);
const K3: v128 = i32x4.splat(0xca62c1d6);

@inline
function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

@inline
function choose(b: v128, c: v128, d: v128): v128 {
  return v128.xor(d, v128.and(b, v128.xor(c, d)));
}

@inline
function parity(b: v128, c: v128, d: v128): v128 {
  return v128.xor(v128.xor(b, c), d);
}

@inline
function majority(b: v128, c: v128, d: v128): v128 {
  return v128.or(v128.and(b, c), v128.and(d, v128.or(b, c)));
}

/** The new e of one round: rotl5(a) + f(b, c, d) + e + k + w. The latest made, a, is added last. */
@inline
function round(a: v128, f: v128, e: v128, k: v128, w: v128): v128 {
  return i32x4.add(i32x4.add(f, i32x4.add(e, i32x4.add(k, w))), rotate(a, 5));
}

/** The schedule: w(t) = rotl1(w(t-3) ^ w(t-8) ^ w(t-14) ^ w(t-16)). */
@inline
function next(w3: v128, w8: v128, w14: v128, w16: v128): v128 {
  return rotate(v128.xor(v128.xor(w3, w8), v128.xor(w14, w16)), 1);
}

/** One compression of the 16 words from the state at `from`; the new state goes to `to`. */
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

/** The four lanes' HMACs at the counters (high, low), truncated to 31 bits. */
@inline
function truncated(high: v128, low: v128): v128 {
  const zero = i32x4.splat(0);
  const end = i32x4.splat(0x80000000);
  // 64 bytes of key and 8 of counter; then 64 of key and 20 of digest, in bits.
  compress(INNER, DIGEST, high, low, end, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, i32x4.splat(576));
  compress(
    OUTER,
    DIGEST,
    v128.load(DIGEST),
    v128.load(DIGEST, 16),
    v128.load(DIGEST, 32),
    v128.load(DIGEST, 48),
    v128.load(DIGEST, 64),
    end,
    zero,
    zero,
    zero,
    zero,
    zero,
    zero,
    zero,
    zero,
    zero,
    i32x4.splat(672),
  );
  return dynamicTruncate(
    v128.load(DIGEST),
    v128.load(DIGEST, 16),
    v128.load(DIGEST, 32),
    v128.load(DIGEST, 48),
    v128.load(DIGEST, 64),
    v128.and(v128.load(DIGEST, 64), i32x4.splat(15)),
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
  for (let i: usize = 0; i < 5; i++) {
    v128.store(INNER + (i << 4), v128.load32_splat(KEY + i * 4));
    v128.store(OUTER + (i << 4), v128.load32_splat(KEY + (5 + i) * 4));
  }
}

/** Nothing of a key or a MAC stays behind; the results are the caller's to wipe. */
function wipe(): void {
  const zero = i32x4.splat(0);
  for (let i: usize = 0; i < 5; i++) {
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
