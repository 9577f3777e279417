// The vault alone, as its own user: starts the confined process and watches it.
import { Command } from 'commander';
import { DAEMON_VERSION } from './config/daemon-version.ts';
import { addOptions, configOf } from './config/option-flags.ts';
import { EXIT_HELP, EXIT_SOFTWARE } from './exit-codes.ts';
import { makeLogger } from './front/telemetry/logger.ts';
import { runVaultAlone } from './reach-vault.ts';
import { runProgram } from './run-program.ts';

const program = new Command('ramz-vault')
  .description('the part of a Ramz daemon that holds keys: it listens on one socket, for the front of another user')
  .version(DAEMON_VERSION)
  .addHelpText('after', EXIT_HELP)
  .action(run);

async function run(): Promise<void> {
  const logger = makeLogger('vault');
  const config = configOf(program, 'vault');
  const { pid, stop, ended } = await runVaultAlone(config);
  logger.info({ pid, socket: config.socket, otp_engine: config.otpEngine }, 'the vault waits for a front');
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

await runProgram(addOptions(program, 'vault'));
