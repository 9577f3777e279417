import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { WrittenStanding } from './hot-state.ts';

const SPACE = 0x20;
const NEW_LINE = 0x0a;

/** Standings that were written together. */
export interface FoldPage {
  readonly number: number;
  readonly rows: readonly WrittenStanding[];
}

/** The table of the fold's pages. Writing happens inside the caller's transaction. */
export class FoldPages {
  readonly #append: StatementSync;
  readonly #drop: StatementSync;
  readonly #oldest: StatementSync;
  readonly #all: StatementSync;
  #rows: number;

  constructor(db: DatabaseSync) {
    // As bytes: parts of a page's string would keep the whole of it in memory.
    const columns = 'number, CAST(standings AS BLOB) AS standings';
    this.#append = db.prepare('INSERT INTO fold_page (count, standings) VALUES (?, ?)');
    this.#drop = db.prepare('DELETE FROM fold_page WHERE number = ?');
    this.#oldest = db.prepare(`SELECT ${columns} FROM fold_page ORDER BY number LIMIT ?`);
    this.#all = db.prepare(`SELECT ${columns} FROM fold_page ORDER BY number`);
    this.#rows = Number(db.prepare('SELECT total(count) AS rows FROM fold_page').get()?.['rows']);
  }

  /** Rows in all pages, also those that later ones replace. */
  get rows(): number {
    return this.#rows;
  }

  append(rows: readonly WrittenStanding[]): void {
    if (rows.length === 0) return;
    this.#append.run(rows.length, rows.map(({ place, text }) => `${place} ${text}\n`).join(''));
    this.#rows += rows.length;
  }

  drop({ number, rows }: FoldPage): void {
    this.#drop.run(number);
    this.#rows -= rows.length;
  }

  oldest(count: number): FoldPage[] {
    return this.#oldest.all(count).map(readPage);
  }

  /** In the order they were written. */
  *all(): Iterable<FoldPage> {
    for (const row of this.#all.iterate()) yield readPage(row);
  }
}

function readPage(row: Readonly<Record<string, unknown>>): FoldPage {
  const bytes = row['standings'] as Uint8Array;
  const page = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const rows: WrittenStanding[] = [];
  for (let at = 0; at < page.length; ) {
    const space = page.indexOf(SPACE, at);
    const end = page.indexOf(NEW_LINE, space);
    rows.push({ place: page.toString('latin1', at, space), text: page.toString('utf8', space + 1, end) });
    at = end + 1;
  }
  return { number: Number(row['number']), rows };
}
