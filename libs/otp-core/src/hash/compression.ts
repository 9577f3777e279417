/** One hash's compression function, on 32-bit words (a SHA-512 word is two of them, the high one first). */
export interface Compression {
  readonly block_bytes: 64 | 128;
  /** Words of the state, which is also the digest for the hashes used here. */
  readonly digest_words: number;
  /** The state that hashing begins with. */
  readonly initial: readonly number[];
  /** Folds one block of words into the state. Time and addresses do not depend on either. */
  readonly compress: (state: Int32Array, block: Int32Array) => void;
}

/** Words for secrets, outside the garbage-collected heap (see `secretBytes`). */
export function secretWords(count: number): Int32Array {
  return new Int32Array(new ArrayBuffer(count * 4));
}
