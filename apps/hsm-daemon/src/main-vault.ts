// The vault alone, as a user of its own: starts the confined process and watches it.
import { Command, Option } from 'commander';
import { commonOptions, configOf, type DaemonFlags, dataDirectory, vaultOptions } from './config/daemon-flags.ts';
import { DAEMON_VERSION, runVaultAlone } from './daemon.ts';
import { makeLogger } from './front/telemetry/logger.ts';
import { EXIT_HELP, EXIT_SOFTWARE, runProgram } from './run-program.ts';

const program = new Command('ramz-vault')
  .description('the part of a Ramz daemon that holds keys: it listens on one socket, for the front of another user')
  .version(DAEMON_VERSION)
  .addOption(dataDirectory('where the store, the identity key and the fingerprint are'))
  .addOption(
    new Option('--socket <path>', "where the front connects: in a folder of this user that the front's group may enter")
      .env('RAMZ_SOCKET')
      .makeOptionMandatory(),
  )
  .addHelpText('after', EXIT_HELP)
  .action(run);
vaultOptions(commonOptions(program));

async function run(flags: Partial<DaemonFlags>): Promise<void> {
  const logger = makeLogger('vault');
  const { pid, stop, ended } = await runVaultAlone(configOf(flags));
  logger.info({ pid, socket: flags.socket }, 'the vault waits for a front');
  process.send?.({ vault_pid: pid });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  const failure = await ended;
  if (failure === undefined) {
    logger.info('stopped');
    return;
  }
  logger.fatal({ failure }, 'the vault has ended');
  process.exit(EXIT_SOFTWARE);
}

await runProgram(program);
