import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { ConfigError } from '@ramz/bank-profile';
import { printableText } from '@ramz/custody';
import { type Command, CommanderError } from 'commander';
import type { DaemonConfig } from './config/daemon-config.ts';
import { startDaemon } from './daemon.ts';
import { EXIT_CONFIG, EXIT_SOFTWARE, EXIT_TEMPORARY } from './exit-codes.ts';
import { makeLogger } from './front/telemetry/logger.ts';
import { NotNow } from './start-errors.ts';

const LOOK_FOR_PARENT_MS = 1_000;

/** Runs a program's command line. On failure it prints the reason and exits. */
export async function runProgram(program: Command): Promise<void> {
  // SIGHUP asks to reread files, or means that a terminal was closed. It must never end a daemon.
  process.on('SIGHUP', () => {});
  try {
    await program.showHelpAfterError('(run with --help for usage)').exitOverride().parseAsync();
  } catch (error) {
    // Commander has already printed this error.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : EXIT_CONFIG);
    const known = error instanceof ConfigError || error instanceof NotNow;
    const told = known ? [error.message] : String((error as Error).stack ?? error).split('\n');
    process.stderr.write(`${program.name()}: ${told.map(printableText).join('\n')}\n`);
    process.exit(error instanceof NotNow ? EXIT_TEMPORARY : known ? EXIT_CONFIG : EXIT_SOFTWARE);
  }
}

/**
 * Serves until it is asked to stop or its vault has ended.
 * @param notice a line to log at the start
 */
export async function runFront(config: DaemonConfig, notice?: string): Promise<void> {
  const logger = makeLogger('front');
  // The gRPC library would mix its own lines into the log, and they may repeat what a caller sent.
  setLogVerbosity(logVerbosity.NONE);
  const daemon = await startDaemon(config, logger);
  if (notice !== undefined) logger.info(notice);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    if (stopping === undefined) logger.info('stopping: answering what was accepted');
    stopping ??= daemon.stop();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => void daemon.reload());
  // A signal to npx ends npx alone, so a program started by npx stops when its parent is gone. A
  // program started in any other way may outlive its parent.
  const parent = process.ppid;
  const lookForParent = () => process.env['npm_command'] === 'exec' && process.ppid !== parent && stop();
  setInterval(lookForParent, LOOK_FOR_PARENT_MS).unref();
  // A program started with an IPC channel does not outlive its parent.
  if (process.connected) process.on('disconnect', stop);
  const { port, vaultPid } = daemon;
  // A vault of another user logs its engine itself.
  const vaultsOwn = config.socket === '' ? { otp_engine: config.otpEngine } : {};
  logger.info(
    { host: config.host, port, metrics_port: daemon.metricsPort, pid: process.pid, vault_pid: vaultPid, ...vaultsOwn },
    'listening',
  );
  process.send?.({ listening: port, metrics_port: daemon.metricsPort, vault_pid: vaultPid });
  const failure = await daemon.vaultEnded;
  if (stopping !== undefined) {
    await stopping;
    if (failure === undefined) logger.info('stopped');
    else logger.error({ failure }, 'stopped, but the vault did not end in order');
    process.exit(failure === undefined ? 0 : EXIT_SOFTWARE);
  }
  logger.fatal({ failure }, 'the vault has ended: stopping, so that a supervisor can start it again');
  process.exit(EXIT_SOFTWARE);
}
