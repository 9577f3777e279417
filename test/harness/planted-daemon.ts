// A daemon with a vault from test/planted. The product's main has no such option.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkDaemonConfig } from '../../apps/hsm-daemon/dist/config/daemon-config.js';
import { startDaemon } from '../../apps/hsm-daemon/dist/daemon.js';
import { makeLogger } from '../../apps/hsm-daemon/dist/front/telemetry/logger.js';

const [, , planted = '', , dataDir = '', , , ...flags] = process.argv;
const entry = fileURLToPath(new URL(`../planted/${planted}-vault.ts`, import.meta.url));
const options = {
  profile: { type: 'string', default: 'maskan' },
  database: { type: 'string', multiple: true },
  'database-password': { type: 'string' },
} as const;
const { values } = parseArgs({ args: flags, options });
const given = { dataDir, host: '127.0.0.1', port: 0, realm: 'test', profile: values.profile };
const { 'database-password': databasePassword = '' } = values;
const config = checkDaemonConfig({ ...given, database: values.database ?? [], databasePassword }, 'daemon');
const logger = makeLogger();
const daemon = await startDaemon(config, logger, entry);
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => void daemon.stop().then(() => process.exit(0)));
process.send?.({ listening: daemon.port, vault_pid: daemon.vaultPid });
logger.fatal({ failure: await daemon.vaultEnded }, 'the vault has ended');
process.exit(70);
