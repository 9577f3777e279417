import type { Standing } from '../../domain/enrolment/standing.ts';
import { Records } from '../records/records.ts';
import { roomFor } from '../records/write-record.ts';

/** A full page of usual records, with room to spare: longer ones make it grow. */
const FIRST_BYTES = 96 * 1024;

/** A page of the fold that still takes records. What is behind its last one is of no meaning. */
export class OpenPage {
  readonly number: number;
  #records = new Records(Buffer.alloc(0));
  #length = 0;
  #count = 0;
  #since: number | undefined;

  constructor(number: number) {
    this.number = number;
  }

  get count(): number {
    return this.#count;
  }

  /** Until a record is added that needs more room. */
  get records(): Records {
    return this.#records;
  }

  /** The first entry of the log that its records may hold and no other page does. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Returns the offset of the record. */
  append(standing: Standing, since: number): number {
    this.#since ??= since;
    this.#makeRoom(roomFor(standing));
    return this.#added(this.#records.write(this.#length, standing));
  }

  /** A record of another page. */
  appendFrom(page: Records, from: number, end: number): number {
    this.#makeRoom(end - from);
    page.bytes.copy(this.#records.bytes, this.#length, from, end);
    return this.#added(this.#length + end - from);
  }

  /** What it holds, in as much memory as that needs. */
  close(): Records {
    const bytes = Buffer.allocUnsafeSlow(this.#length);
    this.#records.bytes.copy(bytes, 0, 0, this.#length);
    return new Records(bytes);
  }

  #added(end: number): number {
    const offset = this.#length;
    this.#length = end;
    this.#count += 1;
    return offset;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#records.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, (this.#length + bytes) * 2));
    this.#records.bytes.copy(larger, 0, 0, this.#length);
    this.#records = new Records(larger);
  }
}
