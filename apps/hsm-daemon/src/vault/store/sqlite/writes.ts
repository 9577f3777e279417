import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreUnavailable } from '../store-errors.ts';
import { onDisk } from './disk-errors.ts';

/** What is written to the database, and whether the disk took the last of it. */
export class Writes {
  readonly #db: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  /** Why the last write failed; undefined once one has succeeded. */
  #failure: StoreUnavailable | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
  }

  get haveFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** @throws StoreUnavailable from a write that failed to one that succeeds */
  assertPossible(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** @throws StoreUnavailable when the disk refuses */
  run(work: () => unknown): void {
    try {
      onDisk(work);
      this.#failure = undefined;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#failure = error;
      throw error;
    }
  }

  /** All of it or nothing. */
  transaction(work: () => void): void {
    this.#begin.run();
    try {
      work();
      this.#commit.run();
    } catch (error) {
      // A commit that failed (a full disk) may have ended the transaction by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}
