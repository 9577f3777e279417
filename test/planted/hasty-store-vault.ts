// Planted bug: readable data counts as durable, whether or not the standby has it.

import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';
import { PostgresLedger } from '../../apps/hsm-daemon/dist/vault/store/postgres/ledger.js';

PostgresLedger.prototype.confirm = async () => {};
await startVault(readVaultOptions(process.argv));
