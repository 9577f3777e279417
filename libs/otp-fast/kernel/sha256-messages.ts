// Absorbs four messages into four SHA-256 states at once: FIPS 180-4, 5.1. AssemblyScript, a part
// of the kernels that import it.
import { DIGEST, KEY, LANE_BYTES, MESSAGES, NEXT, OUTER, WORDS } from './layout';
import { compress } from './sha256-rounds';

/** The initial state. */
export const SHA256_INITIAL: usize = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

/** Swaps the four bytes of each word: a message's words are big-endian, the memory's are not. */
@inline
export function turned(words: v128): v128 {
  return v128.swizzle(words, i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

/**
 * Pads a lane's message (5.1.1); its length counts `before` bytes more. Returns its number of
 * blocks.
 */
function pad(lane: i32, length: i32, before: i32): i32 {
  const at = MESSAGES + <usize>lane * LANE_BYTES;
  const blocks = (length + 72) >> 6;
  const end = at + (<usize>blocks << 6);
  memory.fill(at + length, 0, end - at - length);
  store<u8>(at + length, 0x80);
  store<u64>(end - 8, bswap<u64>(<u64>(length + before) << 3));
  return blocks;
}

/** Transposes the sixteen words at `offset` of each lane's message to WORDS, one vector per word. */
function transpose(offset: usize): void {
  for (let i: usize = 0; i < 4; i++) {
    const from = MESSAGES + offset + (i << 4);
    const m0 = v128.load(from);
    const m1 = v128.load(from + LANE_BYTES);
    const m2 = v128.load(from + 2 * LANE_BYTES);
    const m3 = v128.load(from + 3 * LANE_BYTES);
    const low01 = v128.shuffle<i32>(m0, m1, 0, 4, 1, 5);
    const low23 = v128.shuffle<i32>(m2, m3, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(m0, m1, 2, 6, 3, 7);
    const high23 = v128.shuffle<i32>(m2, m3, 2, 6, 3, 7);
    const to = WORDS + (i << 6);
    v128.store(to, turned(v128.shuffle<i64>(low01, low23, 0, 2)));
    v128.store(to, turned(v128.shuffle<i64>(low01, low23, 1, 3)), 16);
    v128.store(to, turned(v128.shuffle<i64>(high01, high23, 0, 2)), 32);
    v128.store(to, turned(v128.shuffle<i64>(high01, high23, 1, 3)), 48);
  }
}

function compressWords(): void {
  compress(
    DIGEST,
    NEXT,
    v128.load(WORDS, 0),
    v128.load(WORDS, 16),
    v128.load(WORDS, 32),
    v128.load(WORDS, 48),
    v128.load(WORDS, 64),
    v128.load(WORDS, 80),
    v128.load(WORDS, 96),
    v128.load(WORDS, 112),
    v128.load(WORDS, 128),
    v128.load(WORDS, 144),
    v128.load(WORDS, 160),
    v128.load(WORDS, 176),
    v128.load(WORDS, 192),
    v128.load(WORDS, 208),
    v128.load(WORDS, 224),
    v128.load(WORDS, 240),
  );
}

/**
 * Compresses all blocks of the four messages into the states at DIGEST. A lane whose message has
 * ended keeps its state.
 */
export function absorb(length0: i32, length1: i32, length2: i32, length3: i32, before: i32): void {
  const blocks0 = pad(0, length0, before);
  const blocks1 = pad(1, length1, before);
  const blocks2 = pad(2, length2, before);
  const blocks3 = pad(3, length3, before);
  let blocks = i32x4.splat(blocks0);
  blocks = i32x4.replace_lane(blocks, 1, blocks1);
  blocks = i32x4.replace_lane(blocks, 2, blocks2);
  blocks = i32x4.replace_lane(blocks, 3, blocks3);
  const most = max(max(blocks0, blocks1), max(blocks2, blocks3));
  for (let block = 0; block < most; block++) {
    transpose(<usize>block << 6);
    compressWords();
    const goes_on = i32x4.gt_s(blocks, i32x4.splat(block));
    for (let i: usize = 0; i < 128; i += 16) {
      v128.store(DIGEST + i, v128.bitselect(v128.load(NEXT + i), v128.load(DIGEST + i), goes_on));
    }
  }
  // Leaves no trace of a message.
  memory.fill(MESSAGES, 0, <usize>blocks0 << 6);
  memory.fill(MESSAGES + LANE_BYTES, 0, <usize>blocks1 << 6);
  memory.fill(MESSAGES + 2 * LANE_BYTES, 0, <usize>blocks2 << 6);
  memory.fill(MESSAGES + 3 * LANE_BYTES, 0, <usize>blocks3 << 6);
}

/** Computes the HMACs of the four messages under the key at KEY, as states at DIGEST. */
export function absorbKeyed(length0: i32, length1: i32, length2: i32, length3: i32): void {
  for (let i: usize = 0; i < 8; i++) {
    v128.store(DIGEST + (i << 4), v128.load32_splat(KEY + i * 4));
    v128.store(OUTER + (i << 4), v128.load32_splat(KEY + (8 + i) * 4));
  }
  absorb(length0, length1, length2, length3, 64);
  const zero = i32x4.splat(0);
  const end = i32x4.splat(0x80000000);
  const d0 = v128.load(DIGEST, 0);
  const d1 = v128.load(DIGEST, 16);
  const d2 = v128.load(DIGEST, 32);
  const d3 = v128.load(DIGEST, 48);
  const d4 = v128.load(DIGEST, 64);
  const d5 = v128.load(DIGEST, 80);
  const d6 = v128.load(DIGEST, 96);
  const d7 = v128.load(DIGEST, 112);
  compress(OUTER, DIGEST, d0, d1, d2, d3, d4, d5, d6, d7, end, zero, zero, zero, zero, zero, zero, i32x4.splat(768));
}

/** Wipes every trace of keys and messages. The caller wipes the results. */
export function wipeWork(): void {
  memory.fill(OUTER, 0, 128);
  memory.fill(DIGEST, 0, 128);
  memory.fill(KEY, 0, 64);
  memory.fill(NEXT, 0, 128);
  memory.fill(WORDS, 0, 256);
}
