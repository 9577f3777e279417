// Two SHA-512 HMACs of a counter at once, one in each lane of a 128-bit vector: RFC 2104 on FIPS
// 180-4, 6.4.2, then the truncation of RFC 4226, 5.3. AssemblyScript, compiled by `npm run build`
// to WebAssembly.
//
// No branch, address or loop depends on a key or a MAC.
import { CODES_MAX, DIGEST, INNER, KEY, OUTER, RESULTS } from './layout';
import { compress, dynamicTruncate } from './sha512-rounds';

/** Returns the two lanes' HMACs at 64-bit counters, truncated to 31 bits, in the lanes' low halves. */
@inline
function truncated(counter: v128): v128 {
  const zero = i64x2.splat(0);
  const end = i64x2.splat(0x8000000000000000);
  // In bits: 128 bytes of key and 8 of counter, then 128 of key and 64 of digest.
  compress(INNER, DIGEST, counter, end, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, i64x2.splat(1088));
  const d0 = v128.load(DIGEST, 0);
  const d1 = v128.load(DIGEST, 16);
  const d2 = v128.load(DIGEST, 32);
  const d3 = v128.load(DIGEST, 48);
  const d4 = v128.load(DIGEST, 64);
  const d5 = v128.load(DIGEST, 80);
  const d6 = v128.load(DIGEST, 96);
  const d7 = v128.load(DIGEST, 112);
  compress(OUTER, DIGEST, d0, d1, d2, d3, d4, d5, d6, d7, end, zero, zero, zero, zero, zero, zero, i64x2.splat(1536));
  const offset = v128.and(v128.load(DIGEST, 112), i64x2.splat(15));
  return dynamicTruncate(v128.load(DIGEST), v128.load(DIGEST, 16), v128.load(DIGEST, 32), offset);
}

/** Copies the key at KEY to every lane. */
function splatKey(): void {
  for (let i: usize = 0; i < 8; i++) {
    v128.store(INNER + (i << 4), v128.load64_splat(KEY + i * 8));
    v128.store(OUTER + (i << 4), v128.load64_splat(KEY + (8 + i) * 8));
  }
}

/** Wipes every trace of keys and MACs. The caller wipes the results. */
function wipe(): void {
  const zero = i64x2.splat(0);
  for (let i: usize = 0; i < 8; i++) {
    v128.store(INNER + (i << 4), zero);
    v128.store(OUTER + (i << 4), zero);
    v128.store(DIGEST + (i << 4), zero);
    v128.store(KEY + (i << 4), zero);
  }
}

/** Computes two keys at one counter: the lanes of the midstates are the keys. One result per lane. */
export function keys(high: i32, low: i32): void {
  store(RESULTS, truncated(i64x2.splat((<i64>high << 32) | (<i64>low & 0xffffffff))));
  wipe();
}

/**
 * Computes the key whose words are at KEY at `count` counters from (high, low) on, two at a time.
 * Returns the number of results at RESULTS.
 */
export function counters(high: i32, low: i32, count: i32): i32 {
  if (count > CODES_MAX) return 0;
  splatKey();
  const first = (<i64>high << 32) | (<i64>low & 0xffffffff);
  for (let i = 0; i < count; i += 2) {
    store(RESULTS + (<usize>i << 2), truncated(i64x2.add(i64x2.splat(first + i), i64x2(0, 1))));
  }
  wipe();
  return count;
}

/** Stores the two results side by side, as 32-bit integers. */
@inline
function store(at: usize, results: v128): void {
  i32.store(at, <i32>i64x2.extract_lane(results, 0));
  i32.store(at, <i32>i64x2.extract_lane(results, 1), 4);
}
