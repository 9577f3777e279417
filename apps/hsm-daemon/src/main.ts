// The daemon: starts the vault process, then becomes the front.
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { Command, Option } from 'commander';
import { ConfigError } from './config/config-error.ts';
import { checkDaemonConfig, shippedProfiles } from './config/daemon-config.ts';
import { dataDirOption, hostOption, portOption } from './config/options.ts';
import { DAEMON_VERSION, startDaemon } from './daemon.ts';
import { makeLogger } from './front/telemetry/logger.ts';

const EXIT_CONFIG = 78;
const EXIT_SOFTWARE = 70;

const program = new Command('ramz-daemon')
  .description('one-time-code daemon: gRPC with mutual TLS in front, keys in a process of their own')
  .version(DAEMON_VERSION)
  .addOption(dataDirOption('where the store and the test certificates are'))
  .addOption(hostOption('address to listen on'))
  .addOption(portOption('port to listen on, 0 for any free one'))
  .addOption(
    new Option('--profile <name>', `bank profile: ${shippedProfiles().join(', ')}, or a YAML file`)
      .env('RAMZ_PROFILE')
      .default('maskan'),
  )
  .addOption(new Option('--realm <realm>', 'the only one in this version is test').env('RAMZ_REALM').default('test'))
  .action(run);

interface DaemonFlags {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly profile: string;
  readonly realm: string;
}

async function run(options: DaemonFlags): Promise<void> {
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
    if (failure === undefined) logger.info('stopped');
    else logger.error({ failure }, 'stopped, but the vault did not end in order');
    process.exit(failure === undefined ? 0 : EXIT_SOFTWARE);
  }
  logger.fatal({ failure }, 'the vault has ended: stopping, so that whoever watches can start it again');
  process.exit(EXIT_SOFTWARE);
}

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof ConfigError;
  process.stderr.write(`ramz-daemon: ${known ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(known ? EXIT_CONFIG : EXIT_SOFTWARE);
});
