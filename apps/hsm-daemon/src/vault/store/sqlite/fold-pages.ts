import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A page of the fold: lines `place state`, as bytes. */
export interface FoldPage {
  readonly number: number;
  /** How many lines it has. */
  readonly count: number;
  readonly bytes: Buffer;
}

/** The table of the fold's pages. Writing happens inside the caller's transaction. */
export class FoldPages {
  readonly #append: StatementSync;
  readonly #drop: StatementSync;
  readonly #all: StatementSync;
  // Lines of each page, the oldest page first.
  readonly #counts: Map<number, number>;
  #lines = 0;

  constructor(db: DatabaseSync) {
    this.#append = db.prepare('INSERT INTO fold_page VALUES (?, ?, CAST(? AS TEXT))');
    this.#drop = db.prepare('DELETE FROM fold_page WHERE number = ?');
    this.#all = db.prepare('SELECT number, count, CAST(standings AS BLOB) AS standings FROM fold_page ORDER BY number');
    const pages = db.prepare('SELECT number, count FROM fold_page ORDER BY number').all();
    this.#counts = new Map(pages.map(({ number, count }) => [Number(number), Number(count)]));
    for (const count of this.#counts.values()) this.#lines += count;
  }

  /** Lines in all pages, also those that later ones take the place of. */
  get lines(): number {
    return this.#lines;
  }

  /** Its number is higher than every other's. */
  append({ number, count, bytes }: FoldPage): void {
    this.#append.run(number, count, bytes);
  }

  drop(number: number): void {
    this.#drop.run(number);
  }

  /** After the transaction in which these were appended and dropped. */
  count(appended: readonly FoldPage[], dropped: readonly number[]): void {
    for (const { number, count } of appended) {
      this.#counts.set(number, count);
      this.#lines += count;
    }
    for (const number of dropped) {
      this.#lines -= this.#counts.get(number) ?? 0;
      this.#counts.delete(number);
    }
  }

  /** The oldest pages: as many as have so many lines together. */
  oldest(lines: number): number[] {
    const numbers: number[] = [];
    let lacking = lines;
    for (const [number, count] of this.#counts) {
      if (lacking <= 0) break;
      numbers.push(number);
      lacking -= count;
    }
    return numbers;
  }

  /** In the order they were written. */
  *all(): Generator<FoldPage> {
    for (const { number, count, standings } of this.#all.iterate()) {
      const bytes = standings as Uint8Array;
      yield {
        number: Number(number),
        count: Number(count),
        bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      };
    }
  }
}
