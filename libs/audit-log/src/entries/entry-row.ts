import { ByteWriter } from './byte-writer.ts';
import type { Entry, Verdict } from './entry.ts';
import { writeEntry, writeVerdict } from './entry-codec.ts';

const LENGTH_BYTES = 2;

/**
 * The entries of a batch in one buffer, `(length u16 | bytes)*`. Each is written once, then stored,
 * hashed and sent from there. With one row per batch, an append costs a microsecond.
 */
export class EntryRow {
  readonly #writer = new ByteWriter();
  /** Where each entry ends. The next one's length follows, and then its bytes. */
  readonly #ends: number[] = [];

  get count(): number {
    return this.#ends.length;
  }

  /** The whole row; valid until another entry is added. */
  get bytes(): Uint8Array {
    return this.#writer.bytes();
  }

  add(entry: Entry): void {
    this.#addOne(() => writeEntry(this.#writer, entry));
  }

  /** @param names key and digest of its request, 16 bytes each, consecutive, at `at` */
  addVerdict(verdict: Verdict, names: Uint8Array, at: number): void {
    this.#addOne(() => writeVerdict(this.#writer, verdict, names, at));
  }

  startOf(i: number): number {
    return (i === 0 ? 0 : (this.#ends[i - 1] as number)) + LENGTH_BYTES;
  }

  endOf(i: number): number {
    return this.#ends[i] as number;
  }

  /** Adds an entry, or discards it all when it cannot be written. */
  #addOne(write: () => void): void {
    const from = this.#writer.length;
    try {
      this.#writer.u8(0);
      this.#writer.u8(0);
      write();
      this.#writer.setU16(from, checkedLength(this.#writer.length - from - LENGTH_BYTES));
    } catch (error) {
      this.#writer.cut(from);
      throw error;
    }
    this.#ends.push(this.#writer.length);
  }
}

function checkedLength(length: number): number {
  if (length > 0xffff) throw new RangeError('an entry has at most 65,535 bytes');
  return length;
}

/**
 * Returns the entries of a row, as views of it.
 * @throws RangeError for a truncated row
 */
export function entriesOfRow(row: Uint8Array): Uint8Array[] {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < row.length; ) {
    const end = at + LENGTH_BYTES <= row.length ? at + LENGTH_BYTES + view.getUint16(at) : Number.POSITIVE_INFINITY;
    if (end > row.length) throw new RangeError('its bytes end early');
    entries.push(row.subarray(at + LENGTH_BYTES, end));
    at = end;
  }
  return entries;
}
