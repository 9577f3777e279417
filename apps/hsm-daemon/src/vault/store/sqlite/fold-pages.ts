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
    this.#append = db.prepare('INSERT INTO fold_page (count, standings) VALUES (?, CAST(? AS TEXT))');
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

  /** Returns its number: higher than every other's. */
  append(lines: number, bytes: Buffer): number {
    const number = Number(this.#append.run(lines, bytes).lastInsertRowid);
    this.#counts.set(number, lines);
    this.#lines += lines;
    return number;
  }

  drop(number: number): void {
    this.#drop.run(number);
    this.#lines -= this.#counts.get(number) ?? 0;
    this.#counts.delete(number);
  }

  oldest(count: number): number[] {
    return this.#counts.keys().take(count).toArray();
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
