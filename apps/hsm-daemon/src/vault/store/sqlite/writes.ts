import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreUnavailable } from '../store-errors.ts';
import { onDisk } from './disk-errors.ts';

/** Runs writes to the database, and knows whether the last one succeeded. */
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

  /** @throws StoreUnavailable between a failed write and the next one that succeeds */
  assertPossible(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** @throws StoreUnavailable when the disk rejects the write */
  run(work: () => unknown): void {
    try {
      onDisk(work);
      this.#failure = undefined;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#failure = error;
      throw error;
    }
  }

  /** Runs `work` in a transaction: all of it is written, or nothing. */
  transaction(work: () => void): void {
    this.#begin.run();
    try {
      work();
      this.#commit.run();
    } catch (error) {
      // A failed commit (full disk) may have ended the transaction by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}
