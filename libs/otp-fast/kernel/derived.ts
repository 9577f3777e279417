// Truncated MACs (RFC 4226, 5.3) of four derived keys at some counters. Each key is HMAC-SHA-256 of
// a message under one master key (SP 800-108, one block). AssemblyScript, compiled by
// `npm run build` to WebAssembly. No derived key leaves this memory.
//
// No branch, address or loop depends on a key, a message or a code; they depend on the messages'
// lengths.
import { COUNTERS, DIGEST, MAC, RESULTS, SEED_INNER, SEED_OUTER } from './layout';
import { compress as compress1 } from './sha1-rounds';
import { absorbKeyed, SHA256_INITIAL, wipeWork } from './sha256-messages';
import { compress as compress256 } from './sha256-rounds';
import { compress as compress512, dynamicTruncate as dynamicTruncate512 } from './sha512-rounds';
import { dynamicTruncate } from './truncate-words';

const INNER_PAD: i32 = 0x36363636;
const OUTER_PAD: i32 = 0x5c5c5c5c;
const SHA1_INITIAL: usize = memory.data<u32>([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
const SHA512_INITIAL: usize = memory.data<u64>([
  0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
  0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
]);

/** Returns word `i` of the derived keys. */
@inline
function word(i: usize): v128 {
  return v128.load(DIGEST + (i << 4));
}

@inline
function mac(i: usize): v128 {
  return v128.load(MAC + (i << 4));
}

/** Computes the state after a 20-byte key, padded to a block. */
function padSha1(pad: i32, to: usize): void {
  const p = i32x4.splat(pad);
  for (let i: usize = 0; i < 5; i++) v128.store(to + (i << 4), v128.load32_splat(SHA1_INITIAL + i * 4));
  const k0 = v128.xor(word(0), p);
  const k1 = v128.xor(word(1), p);
  const k2 = v128.xor(word(2), p);
  const k3 = v128.xor(word(3), p);
  const k4 = v128.xor(word(4), p);
  compress1(to, to, k0, k1, k2, k3, k4, p, p, p, p, p, p, p, p, p, p, p);
}

function truncatedSha1(high: v128, low: v128): v128 {
  const zero = i32x4.splat(0);
  const end = i32x4.splat(0x80000000);
  // In bits: 64 bytes of key and 8 of counter, then 64 of key and 20 of digest.
  compress1(SEED_INNER, MAC, high, low, end, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, i32x4.splat(576));
  compress1(
    SEED_OUTER, MAC, mac(0), mac(1), mac(2), mac(3), mac(4),
    end, zero, zero, zero, zero, zero, zero, zero, zero, zero, i32x4.splat(672),
  );
  return dynamicTruncate(mac(0), mac(1), mac(2), mac(3), mac(4), v128.and(mac(4), i32x4.splat(15)));
}

/** Computes the state after a 32-byte key, padded to a block. */
function padSha256(pad: i32, to: usize): void {
  const p = i32x4.splat(pad);
  for (let i: usize = 0; i < 8; i++) v128.store(to + (i << 4), v128.load32_splat(SHA256_INITIAL + i * 4));
  const k0 = v128.xor(word(0), p);
  const k1 = v128.xor(word(1), p);
  const k2 = v128.xor(word(2), p);
  const k3 = v128.xor(word(3), p);
  const k4 = v128.xor(word(4), p);
  const k5 = v128.xor(word(5), p);
  const k6 = v128.xor(word(6), p);
  const k7 = v128.xor(word(7), p);
  compress256(to, to, k0, k1, k2, k3, k4, k5, k6, k7, p, p, p, p, p, p, p, p);
}

function truncatedSha256(high: v128, low: v128): v128 {
  const zero = i32x4.splat(0);
  const end = i32x4.splat(0x80000000);
  // In bits: 64 bytes of key and 8 of counter, then 64 of key and 32 of digest.
  compress256(SEED_INNER, MAC, high, low, end, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, i32x4.splat(576));
  compress256(
    SEED_OUTER, MAC, mac(0), mac(1), mac(2), mac(3), mac(4), mac(5), mac(6), mac(7),
    end, zero, zero, zero, zero, zero, zero, i32x4.splat(768),
  );
  return dynamicTruncate(mac(0), mac(1), mac(2), mac(3), mac(4), v128.and(mac(7), i32x4.splat(15)));
}

/** Returns 64-bit word `i` of the derived keys in the lower or the upper two lanes. */
@inline
function wideWord(i: usize, upper: bool): v128 {
  const high = word(i << 1);
  const low = word((i << 1) + 1);
  return upper ? v128.shuffle<i32>(low, high, 2, 6, 3, 7) : v128.shuffle<i32>(low, high, 0, 4, 1, 5);
}

/** Computes the state after a 32-byte key, padded to a block, in two lanes. */
function padSha512(pad: i32, to: usize, upper: bool): void {
  const p = i32x4.splat(pad);
  for (let i: usize = 0; i < 8; i++) v128.store(to + (i << 4), v128.load64_splat(SHA512_INITIAL + i * 8));
  const k0 = v128.xor(wideWord(0, upper), p);
  const k1 = v128.xor(wideWord(1, upper), p);
  const k2 = v128.xor(wideWord(2, upper), p);
  const k3 = v128.xor(wideWord(3, upper), p);
  compress512(to, to, k0, k1, k2, k3, p, p, p, p, p, p, p, p, p, p, p, p);
}

function truncatedSha512(counter: v128): v128 {
  const zero = i64x2.splat(0);
  const end = i64x2.splat(0x8000000000000000);
  // In bits: 128 bytes of key and 8 of counter, then 128 of key and 64 of digest.
  compress512(SEED_INNER, MAC, counter, end, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, i64x2.splat(1088));
  compress512(
    SEED_OUTER, MAC, mac(0), mac(1), mac(2), mac(3), mac(4), mac(5), mac(6), mac(7),
    end, zero, zero, zero, zero, zero, zero, i64x2.splat(1536),
  );
  return dynamicTruncate512(mac(0), mac(1), mac(2), v128.and(mac(7), i64x2.splat(15)));
}

/** Returns the low words of the lanes' counters plus `step`. */
@inline
function lowAfter(step: i32): v128 {
  return i32x4.add(v128.load(COUNTERS, 16), i32x4.splat(step));
}

@inline
function highAfter(low: v128): v128 {
  // The comparison is all ones, which is -1, where the sum overflowed: subtracting it adds a carry.
  return i32x4.sub(v128.load(COUNTERS), i32x4.lt_u(low, v128.load(COUNTERS, 16)));
}

function wipe(): void {
  wipeWork();
  memory.fill(SEED_INNER, 0, 128);
  memory.fill(SEED_OUTER, 0, 128);
  memory.fill(MAC, 0, 128);
  memory.fill(COUNTERS, 0, 32);
}

/**
 * Computes the truncated MACs of four 20-byte HMAC-SHA-1 keys, each derived from its message, at the
 * lanes' counters and the `steps` - 1 counters after them. Writes a vector for each step to RESULTS,
 * with a lane for each key.
 */
export function sha1(length0: i32, length1: i32, length2: i32, length3: i32, steps: i32): void {
  absorbKeyed(length0, length1, length2, length3);
  padSha1(INNER_PAD, SEED_INNER);
  padSha1(OUTER_PAD, SEED_OUTER);
  for (let i = 0; i < steps; i++) {
    const low = lowAfter(i);
    v128.store(RESULTS + (<usize>i << 4), truncatedSha1(highAfter(low), low));
  }
  wipe();
}

/** Does the same for HMAC-SHA-256, with 32-byte keys. */
export function sha256(length0: i32, length1: i32, length2: i32, length3: i32, steps: i32): void {
  absorbKeyed(length0, length1, length2, length3);
  padSha256(INNER_PAD, SEED_INNER);
  padSha256(OUTER_PAD, SEED_OUTER);
  for (let i = 0; i < steps; i++) {
    const low = lowAfter(i);
    v128.store(RESULTS + (<usize>i << 4), truncatedSha256(highAfter(low), low));
  }
  wipe();
}

/** Does the same for HMAC-SHA-512, with 32-byte keys: two lanes, then the other two. */
export function sha512(length0: i32, length1: i32, length2: i32, length3: i32, steps: i32): void {
  absorbKeyed(length0, length1, length2, length3);
  twoOfSha512(false, steps);
  twoOfSha512(true, steps);
  wipe();
}

function twoOfSha512(upper: bool, steps: i32): void {
  padSha512(INNER_PAD, SEED_INNER, upper);
  padSha512(OUTER_PAD, SEED_OUTER, upper);
  for (let i = 0; i < steps; i++) {
    const low = lowAfter(i);
    const high = highAfter(low);
    const counter = upper ? v128.shuffle<i32>(low, high, 2, 6, 3, 7) : v128.shuffle<i32>(low, high, 0, 4, 1, 5);
    const results = truncatedSha512(counter);
    const at = RESULTS + (<usize>i << 4) + (upper ? 8 : 0);
    i32.store(at, <i32>i64x2.extract_lane(results, 0));
    i32.store(at, <i32>i64x2.extract_lane(results, 1), 4);
  }
}
