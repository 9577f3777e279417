// Planted bug: a commit counts although its wait for the standby was canceled, since the server
// reports success with only a warning.

import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';
import { Session, type SqlStatement } from '../../apps/hsm-daemon/dist/vault/store/postgres/sessions.js';

type Query = (this: Session, statement: SqlStatement) => Promise<never[]>;
const real: Query = Reflect.get(Session.prototype, 'query');
const query: Query = function query(this: Session, statement) {
  return real.call(this, { ...statement, mayWarn: true });
};
Reflect.set(Session.prototype, 'query', query);
await startVault(readVaultOptions(process.argv));
