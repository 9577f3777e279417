/** Reads what `ByteWriter` wrote. Throws RangeError for a field past the end: a corrupt log. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  u8(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  u64(): number {
    const value = Number(this.#view.getBigUint64(this.#skip(8)));
    if (!Number.isSafeInteger(value)) throw new RangeError('a number of the entry is beyond 2^53');
    return value;
  }

  text(): string {
    const length = this.u8();
    const from = this.#skip(length);
    return decoder.decode(this.#bytes.subarray(from, from + length));
  }

  /** Returns a copy: the entry outlives the buffer it was read from. */
  bytes(): Uint8Array {
    const length = this.#view.getUint16(this.#skip(2));
    const from = this.#skip(length);
    return new Uint8Array(this.#bytes.subarray(from, from + length));
  }

  id(): string {
    const from = this.#skip(16);
    let hex = '';
    for (let i = from; i < from + 16; i++) hex += HEX[this.#bytes[i] ?? 0];
    return hex === NONE ? '' : hex;
  }

  ids(): string[] {
    const count = this.#view.getUint16(this.#skip(2));
    return Array.from({ length: count }, () => this.id());
  }

  #skip(bytes: number): number {
    const from = this.#at;
    if (from + bytes > this.#bytes.length) throw new RangeError('the entry ends inside a field');
    this.#at += bytes;
    return from;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const NONE = '0'.repeat(32);

/** @throws RangeError for a number that no word has */
export function named<T>(names: readonly T[], index: number): T {
  const name = names[index];
  if (name === undefined) throw new RangeError(`the entry has an unknown number ${index}`);
  return name;
}
