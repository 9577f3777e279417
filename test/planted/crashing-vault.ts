// The real vault on a machine that loses power: it kills itself at the chosen crash point. Points
// are counted over all disk writes, SQL queries and messages, from when the file `crash-at` appears
// in the vault's directory. The file holds the number of points to survive.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { Client } from 'pg';
import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';

const options = readVaultOptions(process.argv);
const order = join(options.vaultDir, 'crash-at');
let passed = 0;

function point(): void {
  if (!existsSync(order)) return;
  if (passed++ === Number(readFileSync(order, 'utf8'))) process.kill(process.pid, 'SIGKILL');
}

/** Crash points before and after each call of a method. */
function around<T extends object>(target: T, method: keyof T & string): void {
  const real = target[method] as (...args: unknown[]) => unknown;
  Object.defineProperty(target, method, {
    value(this: unknown, ...args: unknown[]) {
      point();
      const result = real.apply(this, args);
      point();
      return result;
    },
  });
}

/** Crash points around a query to PostgreSQL: the second comes after the server's answer. */
const sessions = Client.prototype as unknown as Record<'query', (...args: unknown[]) => Promise<unknown>>;
const { query } = sessions;
sessions.query = async function (this: Client, ...args: unknown[]) {
  point();
  const result = await query.apply(this, args);
  point();
  return result;
};

around(DatabaseSync.prototype, 'exec');
around(StatementSync.prototype, 'run');
around(process, 'send');
await startVault(options);
