import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { ConfigError } from '@ramz/bank-profile';
import { printableText } from '@ramz/custody';
import { type Command, CommanderError } from 'commander';
import type { DaemonConfig } from './config/daemon-config.ts';
import { startDaemon } from './daemon.ts';
import { makeLogger } from './front/telemetry/logger.ts';
import { NotNow } from './start-errors.ts';

const EXIT_CONFIG = 78;
const EXIT_TEMPORARY = 75;
export const EXIT_SOFTWARE = 70;
export const EXIT_HELP =
  '\nExit code: 0 stopped when told to; 70 internal error: see the log, then restart; 75 temporarily unavailable, such as\nwithout its database or with a full disk: start it again later; 78 invalid configuration: fix it before restarting.';
const LOOK_FOR_PARENT_MS = 1_000;

/** Runs a program's command line, or says in one sentence why it cannot. */
export async function runProgram(program: Command): Promise<void> {
  // It means that files are to be read again, or that a terminal was closed: neither ends a daemon, at whatever moment.
  process.on('SIGHUP', () => {});
  try {
    await program.showHelpAfterError('(--help tells what there is)').exitOverride().parseAsync();
  } catch (error) {
    // It has said what is wrong with the line itself.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : EXIT_CONFIG);
    const known = error instanceof ConfigError || error instanceof NotNow;
    const told = known ? [error.message] : String((error as Error).stack ?? error).split('\n');
    process.stderr.write(`${program.name()}: ${told.map(printableText).join('\n')}\n`);
    process.exit(error instanceof NotNow ? EXIT_TEMPORARY : known ? EXIT_CONFIG : EXIT_SOFTWARE);
  }
}

/** Serves until it is told to stop, or its vault has ended. @param notice a line of the log at the start */
export async function runFront(config: DaemonConfig, notice?: string): Promise<void> {
  const logger = makeLogger('front');
  // The gRPC library's own lines would stand beside ours, and may repeat what a caller sent.
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
  // A signal to npx ends npx alone: what it started goes with it. Whoever starts this program itself may leave it alone.
  const parent = process.ppid;
  const lookForParent = () => process.env['npm_command'] === 'exec' && process.ppid !== parent && stop();
  setInterval(lookForParent, LOOK_FOR_PARENT_MS).unref();
  // Started by another program, it does not outlive it.
  if (process.connected) process.on('disconnect', stop);
  const { port, vaultPid } = daemon;
  // A vault of another user tells it itself.
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
