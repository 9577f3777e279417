import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Tile, TileAt } from '../tile-tree.ts';

/** The table of full tiles. */
export class SqliteTiles {
  readonly #put: StatementSync;
  readonly #get: StatementSync;

  constructor(db: DatabaseSync) {
    this.#put = db.prepare('INSERT INTO tile VALUES (?, ?, ?)');
    this.#get = db.prepare('SELECT hashes FROM tile WHERE level = ? AND number = ?');
  }

  /** Writes inside the caller's transaction. */
  put(tiles: readonly Tile[]): void {
    for (const { level, number, hashes } of tiles) this.#put.run(level, number, hashes);
  }

  readonly at: TileAt = (level, number) => this.#get.get(level, number)?.['hashes'] as Uint8Array | undefined;
}
