import type { Socket } from 'node:net';

/** Reads exact numbers of bytes from a TCP stream, regardless of its segments. */
export class ByteStream {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]();
  }

  /** Returns undefined if the stream ends before. */
  async take(length: number): Promise<Buffer | undefined> {
    const parts = [this.#rest];
    for (let have = this.#rest.length; have < length; ) {
      const { done, value } = await this.#chunks.next();
      if (done === true) return undefined;
      parts.push(value);
      have += value.length;
    }
    const all = parts.length === 1 ? this.#rest : Buffer.concat(parts);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }
}
