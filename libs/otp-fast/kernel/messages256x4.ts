// SHA-256 of four messages at once, one in each lane of a 128-bit vector, with a key or without:
// FIPS 180-4, 5.1 and 6.2, and RFC 2104. AssemblyScript, compiled by `npm run build` to
// WebAssembly.
//
// No branch, address or loop depends on a key, a message or a digest; they depend on the messages'
// lengths.
import { DIGEST, RESULTS } from './layout';
import { absorb, absorbKeyed, SHA256_INITIAL, turned, wipeWork } from './sha256-messages';

/**
 * Writes the states at DIGEST to RESULTS as the bytes of each lane's digest, one after the other.
 */
function giveDigests(): void {
  for (let i: usize = 0; i < 8; i++) {
    const word = turned(v128.load(DIGEST + (i << 4)));
    const at = RESULTS + (i << 2);
    store<i32>(at, i32x4.extract_lane(word, 0));
    store<i32>(at, i32x4.extract_lane(word, 1), 32);
    store<i32>(at, i32x4.extract_lane(word, 2), 64);
    store<i32>(at, i32x4.extract_lane(word, 3), 96);
  }
}

/**
 * Computes the HMACs of four messages under the key at KEY. A message has at most 952 bytes, so
 * that its padding fits.
 */
export function macs(length0: i32, length1: i32, length2: i32, length3: i32): void {
  absorbKeyed(length0, length1, length2, length3);
  giveDigests();
  wipeWork();
}

/** Computes the digests of four messages of at most 952 bytes each. */
export function digests(length0: i32, length1: i32, length2: i32, length3: i32): void {
  for (let i: usize = 0; i < 8; i++) v128.store(DIGEST + (i << 4), v128.load32_splat(SHA256_INITIAL + i * 4));
  absorb(length0, length1, length2, length3, 0);
  giveDigests();
  wipeWork();
}
