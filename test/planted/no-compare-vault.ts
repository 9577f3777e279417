// Planted bug: on PostgreSQL a batch is written without checking that no other daemon changed its
// rows. The race tests must catch it.

import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';
import { Session, type SqlStatement } from '../../apps/hsm-daemon/dist/vault/store/postgres/sessions.js';

type Query = (this: Session, statement: SqlStatement) => Promise<never[]>;
const real: Query = Reflect.get(Session.prototype, 'query');
const query: Query = function query(this: Session, statement) {
  const text = statement.text.replace('AND s.version = c.version', '');
  return real.call(this, { ...statement, text });
};
Reflect.set(Session.prototype, 'query', query);
await startVault(readVaultOptions(process.argv));
