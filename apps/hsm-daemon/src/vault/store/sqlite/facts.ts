import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** More than a batch takes: where this much can be written, the next entry can be written, too. */
const PROBE_BYTES = 65_536;

/** Single values beside the log: its id, the wrapped keys, and how far the fold's pages go. */
export class Facts {
  readonly #get: StatementSync;
  readonly #put: StatementSync;

  constructor(db: DatabaseSync) {
    this.#get = db.prepare('SELECT value FROM fact WHERE name = ?');
    this.#put = db.prepare('INSERT OR REPLACE INTO fact VALUES (?, ?)');
  }

  get(name: string): string | undefined {
    const row = this.#get.get(name);
    return row === undefined ? undefined : String(row['value']);
  }

  /** Writes something that needs space. */
  probe(): void {
    this.put('probe', ' '.repeat(PROBE_BYTES));
    this.put('probe', '');
  }

  put(name: string, value: string): void {
    this.#put.run(name, value);
  }
}
