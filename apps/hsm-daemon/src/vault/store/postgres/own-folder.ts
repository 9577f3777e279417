// What a daemon keeps for itself beside a database that it shares: which log is its own, and that nobody else writes it.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreInUse } from '../store-in-use.ts';

/** Held until the process ends: nobody closes them, and the collector must not. */
const held_locks: DatabaseSync[] = [];

/** Two daemons of one folder would write one log: the second is told, and the first goes on. @throws StoreInUse */
export function lockFolder(vault_dir: string): void {
  const lock = new DatabaseSync(join(vault_dir, 'lock.db'), { timeout: 2_000 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA user_version = 1');
    held_locks.push(lock);
  } catch {
    lock.close();
    throw new StoreInUse(vault_dir);
  }
}

/** Names this daemon's log in a database that it shares. */
export function loadLogId(vault_dir: string): string {
  const path = join(vault_dir, 'log-id');
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, `${randomUUID().replaceAll('-', '')}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  const log_id = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{32}$/.test(log_id)) throw new Error(`${path} is not the name of a log: it was damaged`);
  return log_id;
}
