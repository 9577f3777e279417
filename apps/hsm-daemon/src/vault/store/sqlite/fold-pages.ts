import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { RowBroken } from '../store-errors.ts';

/** A page of the fold: concatenated records of standings. */
export interface FoldPage {
  readonly number: number;
  /** Number of its records. */
  readonly count: number;
  readonly bytes: Buffer;
}

/** The table of the fold's pages. Writes happen inside the caller's transaction. */
export class FoldPages {
  readonly #append: StatementSync;
  readonly #drop: StatementSync;
  readonly #all: StatementSync;
  // Number of records by page, oldest page first.
  readonly #counts: Map<number, number>;
  #records = 0;

  constructor(db: DatabaseSync) {
    this.#append = db.prepare('INSERT INTO fold_page VALUES (?, ?, ?, ?)');
    this.#drop = db.prepare('DELETE FROM fold_page WHERE number = ?');
    this.#all = db.prepare('SELECT * FROM fold_page ORDER BY number');
    const pages = db.prepare('SELECT number, count FROM fold_page ORDER BY number').all();
    this.#counts = new Map(pages.map(({ number, count }) => [Number(number), Number(count)]));
    for (const count of this.#counts.values()) this.#records += count;
  }

  /** Number of records in all pages, including those that later records replace. */
  get records(): number {
    return this.#records;
  }

  /** Appends a page, whose number must be higher than every other's. */
  append({ number, count, bytes }: FoldPage): void {
    this.#append.run(number, count, crc32(bytes), bytes);
  }

  drop(number: number): void {
    this.#drop.run(number);
  }

  /** Updates the counts after the transaction that appended and dropped these pages. */
  count(appended: readonly FoldPage[], dropped: readonly number[]): void {
    for (const { number, count } of appended) {
      this.#counts.set(number, count);
      this.#records += count;
    }
    for (const number of dropped) {
      this.#records -= this.#counts.get(number) ?? 0;
      this.#counts.delete(number);
    }
  }

  /** Returns the oldest pages: as many as it takes to contain this number of records. */
  oldest(records: number): number[] {
    const numbers: number[] = [];
    let lacking = records;
    for (const [number, count] of this.#counts) {
      if (lacking <= 0) break;
      numbers.push(number);
      lacking -= count;
    }
    return numbers;
  }

  /**
   * Yields all pages in the order they were written.
   * @throws RowBroken for a page with a damaged byte
   */
  *all(): Generator<FoldPage> {
    for (const { number, count, crc, standings } of this.#all.iterate()) {
      const bytes = standings as Uint8Array;
      if (crc32(bytes) !== Number(crc)) throw pageBroken(Number(number), 'its bytes are damaged');
      yield {
        number: Number(number),
        count: Number(count),
        bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      };
    }
  }
}

/** Returns the error for a broken page. Pages can be rebuilt from the log. */
export function pageBroken(number: number, why: string): RowBroken {
  const remedy = 'have the pages made again from the log (docs/how-to/update-and-back-up.md, Pages of the fold)';
  return new RowBroken(`fold_page ${number}`, why, remedy);
}
