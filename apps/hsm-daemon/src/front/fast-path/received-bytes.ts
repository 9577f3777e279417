const NOTHING = Buffer.alloc(0);
/** Size of the first block of a message that arrives in several pieces. */
const FIRST_BYTES = 256;

/**
 * The received part of a message, in one block. If the pieces were kept, a byte sent by itself
 * would cost the receiver a hundred.
 */
export class ReceivedBytes {
  // A message that arrives in one piece, as nearly all do, is that piece itself.
  #block: Buffer = NOTHING;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A view, valid until the next piece. */
  get bytes(): Buffer {
    return this.#block.subarray(0, this.#length);
  }

  take(piece: Buffer): void {
    if (this.#length === 0) this.#block = piece;
    else this.#append(piece);
    this.#length += piece.length;
  }

  /** Drops the bytes before `at`. */
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
    // The first piece is the sender's own memory. Nothing is written behind it.
    if (length > this.#block.length || this.#length === this.#block.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(2 * length, FIRST_BYTES));
      grown.set(this.bytes);
      this.#block = grown;
    }
    this.#block.set(piece, this.#length);
  }
}
