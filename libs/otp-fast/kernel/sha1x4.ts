// Four SHA-1 HMACs of a counter at once, one in each lane of a 128-bit vector: RFC 2104 on FIPS
// 180-4, 6.1.2, then the truncation of RFC 4226, 5.3. AssemblyScript, compiled by `npm run build`
// to WebAssembly.
//
// No branch, address or loop depends on a key or a MAC.
import { CODES_MAX, DIGEST, INNER, KEY, OUTER, RESULTS } from './layout';
import { compress } from './sha1-rounds';
import { dynamicTruncate } from './truncate-words';

/** Returns the four lanes' HMACs at the counters (high, low), truncated to 31 bits. */
@inline
function truncated(high: v128, low: v128): v128 {
  const zero = i32x4.splat(0);
  const end = i32x4.splat(0x80000000);
  // In bits: 64 bytes of key and 8 of counter, then 64 of key and 20 of digest.
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

/** Copies the key at KEY to every lane. */
function splatKey(): void {
  for (let i: usize = 0; i < 5; i++) {
    v128.store(INNER + (i << 4), v128.load32_splat(KEY + i * 4));
    v128.store(OUTER + (i << 4), v128.load32_splat(KEY + (5 + i) * 4));
  }
}

/** Wipes every trace of keys and MACs. The caller wipes the results. */
function wipe(): void {
  const zero = i32x4.splat(0);
  for (let i: usize = 0; i < 5; i++) {
    v128.store(INNER + (i << 4), zero);
    v128.store(OUTER + (i << 4), zero);
    v128.store(DIGEST + (i << 4), zero);
    v128.store(KEY + (i << 4), zero);
  }
}

/** Computes four keys at one counter: the lanes of the midstates are the keys. One result per lane. */
export function keys(high: i32, low: i32): void {
  v128.store(RESULTS, truncated(i32x4.splat(high), i32x4.splat(low)));
  wipe();
}

/**
 * Computes the key whose words are at KEY at `count` counters from (high, low) on, four at a time.
 * The low word must not overflow: the caller splits a range there. Returns the number of results at
 * RESULTS.
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
