import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Entry, type EntryRow, kindOf } from '@ramz/audit-log';
import { readable, readEntry, unpackEntries } from '../packed-entries.ts';
import { LogBroken } from '../store-errors.ts';

/** The append-only table of entries. */
export class SqliteLog {
  readonly #append: StatementSync;
  readonly #batchOf: StatementSync;
  readonly #from: StatementSync;
  readonly #since: StatementSync;
  // Caches one batch: a retried call reads many entries of it.
  #unpacked: { readonly first: number; readonly entries: readonly Uint8Array[] } = { first: 0, entries: [] };
  #size: number;

  constructor(db: DatabaseSync) {
    this.#append = db.prepare('INSERT INTO log VALUES (?, ?, ?, ?)');
    this.#batchOf = db.prepare('SELECT * FROM log WHERE first_index <= ? ORDER BY first_index DESC LIMIT 1');
    this.#from = db.prepare(
      'SELECT * FROM log WHERE first_index >= (SELECT coalesce(max(first_index), 0) FROM log WHERE first_index <= ?) ORDER BY first_index',
    );
    this.#since = db.prepare('SELECT min(first_index) AS first_index FROM log WHERE at_ms >= ?');
    const last = this.#batchOf.get(Number.MAX_SAFE_INTEGER);
    this.#size = last === undefined ? 0 : Number(last['first_index']) + Number(last['count']);
  }

  get size(): number {
    return this.#size;
  }

  /** Appends inside the caller's transaction. Call `committed` once that is durable. */
  append(row: EntryRow, atMs: number): void {
    this.#append.run(this.#size, row.count, atMs, row.bytes);
  }

  committed(entries: number): void {
    this.#size += entries;
  }

  entry(index: number): Entry {
    const { first, entries } = this.#batchWith(index);
    const bytes = entries[index - first];
    if (bytes === undefined) throw new LogBroken(index, 'it is missing');
    return readEntry(bytes, index);
  }

  #batchWith(index: number) {
    const { first, entries } = this.#unpacked;
    if (index >= first && index < first + entries.length) return this.#unpacked;
    const row = this.#batchOf.get(index);
    if (row === undefined) throw new LogBroken(index, 'it is missing');
    const found = Number(row['first_index']);
    this.#unpacked = { first: found, entries: unpackEntries(row['entries'] as Uint8Array, found) };
    return this.#unpacked;
  }

  /**
   * Yields the entries from `first` on with their indices. Decodes only those `wanted`.
   * @throws LogBroken for a hole or an unreadable entry
   */
  *from(
    first: number,
    wanted: (index: number, kind: Entry['kind']) => boolean = () => true,
  ): Iterable<{ readonly index: number; readonly entry: Entry }> {
    for (const { index, bytes } of this.leavesFrom(first)) {
      if (
        wanted(
          index,
          readable(() => kindOf(bytes), index),
        )
      )
        yield { index, entry: readEntry(bytes, index) };
    }
  }

  /** Same as `from`, but undecoded. */
  *leavesFrom(first: number): Iterable<{ readonly index: number; readonly bytes: Uint8Array }> {
    // The first row must start at or before `first`. Each later row must follow the one before it.
    let expected: number | undefined;
    for (const row of this.#from.iterate(first)) {
      const start = Number(row['first_index']);
      const packed = unpackEntries(row['entries'] as Uint8Array, start);
      if (packed.length !== row['count']) throw new LogBroken(start, 'its batch has lost or gained entries');
      if (expected === undefined ? start > first : start !== expected) {
        throw new LogBroken(expected ?? first, 'it is missing');
      }
      expected = start + packed.length;
      for (const [i, bytes] of packed.entries()) {
        if (start + i >= first) yield { index: start + i, bytes };
      }
    }
  }

  /** Returns the index of the first batch written at `atMs` or later, even if clocks went back. */
  firstSince(atMs: number): number {
    const row = this.#since.get(atMs);
    return Number(row?.['first_index'] ?? this.#size);
  }
}
