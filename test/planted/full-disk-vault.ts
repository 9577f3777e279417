// The real vault on a disk that is full after a few pages more than it has now.
import { DatabaseSync } from 'node:sqlite';
import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';

const PAGES_MORE = 12;
const real: (this: DatabaseSync, sql: string) => void = Reflect.get(DatabaseSync.prototype, 'exec');
DatabaseSync.prototype.exec = function (sql: string): void {
  real.call(this, sql);
  if (!sql.includes('locking_mode')) return;
  const pages = Number(this.prepare('PRAGMA page_count').get()?.['page_count']);
  real.call(this, `PRAGMA max_page_count = ${pages + PAGES_MORE}`);
};
await startVault(readVaultOptions(process.argv));
