// The real vault on a laboratory's time: both of its clocks are ahead by what the file `clock-error` says, in milliseconds.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';

const options = readVaultOptions(process.argv);
const error = join(options.vault_dir, 'clock-error');
const error_ms = () => (existsSync(error) ? Number(readFileSync(error, 'utf8')) : 0);
await startVault(options, {
  now_ms: () => Date.now() + error_ms(),
  monotonic_ms: () => performance.now() + error_ms(),
});
