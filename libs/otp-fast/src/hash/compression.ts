/**
 * The compression function of one hash on 32-bit words. A SHA-512 word is two of them, high first.
 */
export interface Compression {
  readonly blockBytes: 64 | 128;
  /** The number of words in the state, which is also the digest for the hashes used here. */
  readonly digestWords: number;
  /** The initial state. */
  readonly initial: Int32Array;
  /** Updates the state with one block of words. Timing and addresses depend on neither. */
  readonly compress: (state: Int32Array, block: Int32Array) => void;
}

const PIECE_WORDS = 4_096;
let piece = new Int32Array(new ArrayBuffer(PIECE_WORDS * 4));
let used = 0;

/**
 * Allocates zeroed words for secrets outside the garbage-collected heap. Cuts them from larger
 * pieces, because a buffer for each key would cost more than hashing it. The caller owns and wipes
 * them. Words are never handed out twice; a piece is freed with the last reference to it.
 */
export function secretWords(count: number): Int32Array {
  if (used + count > PIECE_WORDS) {
    piece = new Int32Array(new ArrayBuffer(PIECE_WORDS * 4));
    used = 0;
  }
  used += count;
  return piece.subarray(used - count, used);
}
