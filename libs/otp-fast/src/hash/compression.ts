/** One hash's compression function, on 32-bit words (a SHA-512 word is two of them, the high one first). */
export interface Compression {
  readonly blockBytes: 64 | 128;
  /** Words of the state, which is also the digest for the hashes used here. */
  readonly digestWords: number;
  /** The state that hashing begins with. */
  readonly initial: Int32Array;
  /** Folds one block of words into the state. Time and addresses do not depend on either. */
  readonly compress: (state: Int32Array, block: Int32Array) => void;
}

const PIECE_WORDS = 4_096;
let piece = new Int32Array(new ArrayBuffer(PIECE_WORDS * 4));
let used = 0;

/**
 * Words for secrets, outside the garbage-collected heap, all zero. Cut from larger pieces: memory
 * of its own costs a key more than its hashing. Whoever has them wipes them; a piece goes when the last of its words
 * is let go of, and its words are never given out twice.
 */
export function secretWords(count: number): Int32Array {
  if (used + count > PIECE_WORDS) {
    piece = new Int32Array(new ArrayBuffer(PIECE_WORDS * 4));
    used = 0;
  }
  used += count;
  return piece.subarray(used - count, used);
}
