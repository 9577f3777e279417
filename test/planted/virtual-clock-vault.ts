// The real vault on virtual time: both of its clocks are ahead by the milliseconds in the file
// `clock-error`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';

const options = readVaultOptions(process.argv);
const error = join(options.vaultDir, 'clock-error');
const errorMs = () => (existsSync(error) ? Number(readFileSync(error, 'utf8')) : 0);
await startVault(options, {
  nowMs: () => Date.now() + errorMs(),
  monotonicMs: () => performance.now() + errorMs(),
});
