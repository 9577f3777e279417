/** A full page of usual lines, with room to spare: longer ones make it grow. */
const FIRST_BYTES = 96 * 1024;
const UTF8_BYTES_A_UNIT_MAX = 3;

/** A page of the fold that still takes lines. What is behind its last line is of no meaning. */
export class OpenPage {
  readonly number: number;
  #bytes = Buffer.alloc(0);
  #length = 0;
  #lines = 0;
  #since: number | undefined;

  constructor(number: number) {
    this.number = number;
  }

  get lines(): number {
    return this.#lines;
  }

  /** Until a line is added that needs more room. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** The first entry of the log that its lines may hold and no other page does. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Returns the offset of the line, which ends with its new line. */
  append(line: string, since: number): number {
    this.#since ??= since;
    this.#makeRoom(line.length * UTF8_BYTES_A_UNIT_MAX);
    return this.#added(this.#bytes.write(line, this.#length));
  }

  /** A line of another page. */
  appendBytes(line: Uint8Array): number {
    this.#makeRoom(line.length);
    this.#bytes.set(line, this.#length);
    return this.#added(line.length);
  }

  /** What it holds, in as much memory as that needs. */
  close(): Buffer {
    const bytes = Buffer.allocUnsafeSlow(this.#length);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    return bytes;
  }

  #added(bytes: number): number {
    const offset = this.#length;
    this.#length += bytes;
    this.#lines += 1;
    return offset;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, (this.#length + bytes) * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
