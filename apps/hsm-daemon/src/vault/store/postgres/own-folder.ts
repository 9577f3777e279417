// What a daemon keeps for itself beside a shared database: the id of its own log, and a lock that
// keeps others from writing that log.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreInUse } from '../store-errors.ts';

/** Held until the process ends: never closed, and kept from the garbage collector. */
const heldLocks: DatabaseSync[] = [];

/**
 * Locks the folder: two daemons of one folder would write the same log. The second gets an error,
 * and the first continues.
 * @throws StoreInUse
 */
export function lockFolder(vaultDir: string): void {
  const lock = new DatabaseSync(join(vaultDir, 'lock.db'), { timeout: 2_000 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA user_version = 1');
    heldLocks.push(lock);
  } catch {
    lock.close();
    throw new StoreInUse(vaultDir);
  }
}

/** Returns the id of this daemon's log in a shared database, and draws it at the first start. */
export function loadLogId(vaultDir: string): string {
  const path = join(vaultDir, 'log-id');
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, `${randomUUID().replaceAll('-', '')}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  const logId = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{32}$/.test(logId)) throw new Error(`${path} is not the name of a log: it was damaged`);
  return logId;
}
