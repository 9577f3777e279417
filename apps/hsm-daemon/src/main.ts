// The daemon: starts the vault process, then becomes the front.
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { Command } from 'commander';
import { ConfigError } from './config/config-error.ts';
import { checkDaemonConfig } from './config/daemon-config.ts';
import { DAEMON_VERSION, startDaemon } from './daemon.ts';
import { makeLogger } from './front/telemetry/logger.ts';

const EXIT_CONFIG = 78;
const EXIT_SOFTWARE = 70;

const program = new Command('ramz-daemon')
  .description('one-time-code daemon: gRPC with mutual TLS in front, keys in a process of their own')
  .version(DAEMON_VERSION)
  .option('--data-dir <path>', 'where the store and the test certificates are', process.env['RAMZ_DATA_DIR'] ?? '.ramz')
  .option('--host <address>', 'address to listen on', process.env['RAMZ_HOST'] ?? '127.0.0.1')
  .option('--port <number>', 'port to listen on, 0 for any free one', process.env['RAMZ_PORT'] ?? '50551')
  .option(
    '--profile <name>',
    'bank profile: a name that ships, or a YAML file',
    process.env['RAMZ_PROFILE'] ?? 'maskan',
  )
  .option('--realm <realm>', 'test or live', process.env['RAMZ_REALM'] ?? 'test')
  .action(run);

async function run(options: Record<string, string>): Promise<void> {
  const logger = makeLogger();
  // The gRPC library's own lines would stand beside ours, and may repeat what a caller sent.
  setLogVerbosity(logVerbosity.NONE);
  const { dataDir: data_dir, host, port, profile, realm } = options;
  const config = checkDaemonConfig({ data_dir, host, port, profile, realm });
  const daemon = await startDaemon(config, logger);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    if (stopping === undefined) logger.info('stopping: answering what was accepted');
    stopping ??= daemon.stop();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by another program, it does not outlive it.
  if (process.connected) process.on('disconnect', stop);
  logger.info({ host: config.host, port: daemon.port, vault_pid: daemon.vault_pid }, 'listening');
  process.send?.({ listening: daemon.port, vault_pid: daemon.vault_pid });
  const failure = await daemon.vault_ended;
  if (stopping !== undefined) {
    await stopping;
    logger.info('stopped');
    process.exit(0);
  }
  logger.fatal({ failure }, 'the vault has ended: stopping, so that whoever watches can start it again');
  process.exit(EXIT_SOFTWARE);
}

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof ConfigError;
  process.stderr.write(`ramz-daemon: ${known ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(known ? EXIT_CONFIG : EXIT_SOFTWARE);
});
