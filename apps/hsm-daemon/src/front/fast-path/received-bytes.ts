const NOTHING = Buffer.alloc(0);
/** Of the first block, when a message comes in several pieces. */
const FIRST_BYTES = 256;

/**
 * What has come of a message, in one block: pieces that are kept as they come would cost a sender a byte each and the
 * receiver a hundred.
 */
export class ReceivedBytes {
  // A message that comes whole, as nearly all do, is the piece itself.
  #block: Buffer = NOTHING;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A view, good until the next piece. */
  get bytes(): Buffer {
    return this.#block.subarray(0, this.#length);
  }

  take(piece: Buffer): void {
    if (this.#length === 0) this.#block = piece;
    else this.#append(piece);
    this.#length += piece.length;
  }

  /** Lets go of what is before `at`. */
  keepFrom(at: number): void {
    this.#block = this.#block.subarray(at, this.#length);
    this.#length -= at;
    if (this.#length === 0) this.#block = NOTHING;
  }

  forget(): void {
    this.#block = NOTHING;
    this.#length = 0;
  }

  #append(piece: Buffer): void {
    const length = this.#length + piece.length;
    // The first piece is the sender's own memory: nothing is written behind it.
    if (length > this.#block.length || this.#length === this.#block.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(2 * length, FIRST_BYTES));
      grown.set(this.bytes);
      this.#block = grown;
    }
    this.#block.set(piece, this.#length);
  }
}
