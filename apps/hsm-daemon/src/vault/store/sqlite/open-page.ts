import type { Standing } from '../../domain/enrolment/standing.ts';
import { Records } from '../records/records.ts';
import { roomFor } from '../records/write-record.ts';

/** Enough for a full page of usual records. Longer ones make it grow. */
const FIRST_BYTES = 96 * 1024;

/** A page of the fold that still takes records. Bytes after the last record have no meaning. */
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

  /** Valid until a record is added that needs more room. */
  get records(): Records {
    return this.#records;
  }

  /** The first log entry that its records may hold and no other page does. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Appends a record. Returns its offset. */
  append(standing: Standing, since: number): number {
    this.#since ??= since;
    this.#makeRoom(roomFor(standing));
    return this.#added(this.#records.write(this.#length, standing));
  }

  /** Appends a record of another page. Returns its offset. */
  appendFrom(page: Records, from: number, end: number): number {
    this.#makeRoom(end - from);
    page.bytes.copy(this.#records.bytes, this.#length, from, end);
    return this.#added(this.#length + end - from);
  }

  /** Returns a copy of its records, in a buffer of their size. */
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
