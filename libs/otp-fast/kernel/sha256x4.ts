// Four SHA-256 HMACs at once, one in each lane of a 128-bit vector, over a counter: RFC 2104 on FIPS 180-4,
// 6.2.2, then the truncation of RFC 4226, 5.3. AssemblyScript, compiled by `npm run build` to WebAssembly.
//
// No branch, address or loop depends on a key or a MAC.
import { compress } from './sha256-rounds';

// The caller writes midstates and reads results (src/kernel/kernel-layout.ts has the same numbers): INNER and
// OUTER hold a vector for each word, KEY the words of one key alone, the inner ones first.
const INNER: usize = 0;
const OUTER: usize = 128;
const RESULTS: usize = 256;
const DIGEST: usize = 16896;
const KEY: usize = 17152;
/** How many codes one call may ask for: the results end before the digest. */
const CODES_MAX: i32 = 4096;

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
