import { nibbleAt } from './hex-digits.ts';
import { writeText } from './text-bytes.ts';

export const ID_BYTES = 16;

/** Appends fields to a growing buffer. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Number of bytes written. */
  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    this.#room(1);
    this.#view.setUint8(this.#length, value);
    this.#length += 1;
  }

  /** Appends a whole number below 2^53. */
  u64(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('a number of an entry is from 0 to 2^53');
    this.#room(8);
    this.#view.setUint32(this.#length, Math.floor(value / 2 ** 32));
    this.#view.setUint32(this.#length + 4, value);
    this.#length += 8;
  }

  /** Appends at most 255 bytes of UTF-8, after their length. */
  text(value: string): void {
    this.#room(1 + value.length * 3);
    const end = writeText(this.#bytes, this.#length + 1, value);
    const written = end - this.#length - 1;
    if (written > 255) throw new RangeError('a text of an entry has at most 255 bytes');
    this.#bytes[this.#length] = written;
    this.#length = end;
  }

  /** Appends at most 65,535 bytes, after their length. */
  blob(value: Uint8Array): void {
    if (value.length > 0xffff) throw new RangeError('bytes of an entry are at most 65,535');
    this.#room(2 + value.length);
    this.#view.setUint16(this.#length, value.length);
    this.#bytes.set(value, this.#length + 2);
    this.#length += 2 + value.length;
  }

  /** Appends 32 hexadecimal digits as 16 bytes; an empty text as 16 zeros. */
  id(hex: string): void {
    this.#room(ID_BYTES);
    if (hex === '') this.#bytes.fill(0, this.#length, this.#length + ID_BYTES);
    else {
      for (let i = 0, at = this.#length; i < 32; i += 2, at++) {
        this.#bytes[at] = (nibbleAt(hex, i) << 4) | nibbleAt(hex, i + 1);
      }
    }
    this.#length += ID_BYTES;
  }

  /** Appends at most 65,535 ids, after their number. */
  ids(hex: readonly string[]): void {
    if (hex.length > 0xffff) throw new RangeError('ids of an entry are at most 65,535');
    this.#room(2);
    this.#view.setUint16(this.#length, hex.length);
    this.#length += 2;
    for (const one of hex) this.id(one);
  }

  /** Appends `count` bytes, unchanged. */
  copy(from: Uint8Array, at: number, count: number): void {
    this.#room(count);
    // For a few bytes, a call into the engine costs more than this loop.
    for (let i = 0; i < count; i++) this.#bytes[this.#length + i] = from[at + i] as number;
    this.#length += count;
  }

  /** Overwrites the two bytes at `at` with a 16-bit number. */
  setU16(at: number, value: number): void {
    this.#view.setUint16(at, value);
  }

  /** Discards all bytes after the first `length`. */
  cut(length: number): void {
    this.#length = length;
  }

  /** Returns the bytes written. The memory is this writer's: valid until the next write. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array((this.#length + bytes) * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
