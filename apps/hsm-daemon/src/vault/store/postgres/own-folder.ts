// What a daemon keeps for itself beside a database that it shares: which log is its own, and that nobody else writes it.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreInUse } from '../store-errors.ts';

/** Held until the process ends: nobody closes them, and the collector must not. */
const heldLocks: DatabaseSync[] = [];

/** Two daemons of one folder would write one log: the second is told, and the first goes on. @throws StoreInUse */
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

/** Names this daemon's log in a database that it shares. */
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
