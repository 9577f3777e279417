import { DatabaseSync } from 'node:sqlite';
import { StoreInUse, StoreUnavailable } from '../store-errors.ts';
import { diskError, onDisk } from './disk-errors.ts';
import { migrate, StoreTooNew, StoreTooOld } from './schema.ts';

/** A daemon that was killed a moment ago may not have released the file yet. */
const LOCK_PATIENCE_MS = 5_000;

/**
 * Opens the daemon's file for itself alone, and migrates it.
 * @throws StoreInUse, StoreTooNew, StoreTooOld, StoreUnavailable
 */
export function openDatabase(path: string): DatabaseSync {
  const db = onDisk(() => new DatabaseSync(path, { timeout: LOCK_PATIENCE_MS }));
  try {
    // EXCLUSIVE: one daemon owns the file until it closes it. FULL: a commit is on the disk.
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON',
    );
    migrate(db);
  } catch (error) {
    db.close();
    if (isBusy(error)) throw new StoreInUse(path);
    const ofDisk = diskError(error);
    if (ofDisk instanceof StoreUnavailable) throw ofDisk;
    throw error instanceof StoreTooNew || error instanceof StoreTooOld
      ? error
      : new Error(`${path} cannot be opened: ${String(error)}`, { cause: error });
  }
  return db;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked/.test(error.message);
}
