// The real vault on a disk that has room for a few more pages only, until SIGUSR2 makes room.
import { DatabaseSync } from 'node:sqlite';
import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';

const PAGES_MORE = 12;
const PAGES_FREED = 1_000;
const real: (this: DatabaseSync, sql: string) => void = Reflect.get(DatabaseSync.prototype, 'exec');
const bound = (db: DatabaseSync, more: number): void => {
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  real.call(db, `PRAGMA max_page_count = ${pages + more}`);
};
DatabaseSync.prototype.exec = function (sql: string): void {
  real.call(this, sql);
  if (!sql.includes('locking_mode')) return;
  bound(this, PAGES_MORE);
  process.on('SIGUSR2', () => bound(this, PAGES_FREED));
};
await startVault(readVaultOptions(process.argv));
