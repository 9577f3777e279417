// The daemon: starts the vault process, then becomes the front.
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { Command, CommanderError, Option } from 'commander';
import { ConfigError } from './config/config-error.ts';
import { checkDaemonConfig, shippedProfiles } from './config/daemon-config.ts';
import { dataDirOption, hostOption, portOption, readCount } from './config/options.ts';
import { DAEMON_VERSION, NotNow, startDaemon } from './daemon.ts';
import { makeLogger } from './front/telemetry/logger.ts';

const EXIT_CONFIG = 78;
const EXIT_TEMPORARY = 75;
const EXIT_SOFTWARE = 70;
const LOOK_FOR_PARENT_MS = 1_000;

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
  .addOption(
    new Option('--realm <realm>', 'test makes its own certificates; live brings them in <data-dir>/pki')
      .env('RAMZ_REALM')
      .choices(['test', 'live'])
      .default('test'),
  )
  .addOption(
    new Option('--anchor <path>', 'file that tells a rolled-back store, best on another volume')
      .env('RAMZ_ANCHOR')
      .default('', '<data-dir>/anchor'),
  )
  .addOption(
    new Option(
      '--unseal <mode>',
      "who unseals after a start: custodians' shares, a PKCS #11 token, or in the test realm a file",
    )
      .env('RAMZ_UNSEAL')
      .choices(['shares', 'pkcs11', 'file'])
      .default('shares'),
  )
  .addOption(
    new Option('--pkcs11 <path>', 'JSON settings of the token: module, token, pin_file, key')
      .env('RAMZ_PKCS11')
      .default('', 'none'),
  )
  .addOption(
    new Option(
      '--metrics-port <number>',
      'serves Prometheus metrics over HTTP there, 0 for any free port (default: not at all)',
    )
      .env('RAMZ_METRICS_PORT')
      .argParser(readCount),
  )
  .addOption(
    new Option('--metrics-host <address>', 'address that metrics are served on')
      .env('RAMZ_METRICS_HOST')
      .default('127.0.0.1'),
  )
  .addOption(
    new Option(
      '--trace-url <url>',
      'OpenTelemetry collector that gets a span for each call, such as http://127.0.0.1:4318/v1/traces (default: none)',
    ).env('RAMZ_TRACE_URL'),
  )
  .addOption(
    new Option('--trace-ratio <share>', 'how many of the calls are traced, 0 to 1; a caller who traces decides itself')
      .env('RAMZ_TRACE_RATIO')
      .argParser(Number)
      .default(1),
  )
  .addOption(
    new Option(
      '--database <url>',
      'postgres://user@host:port/database for several daemons on one store, without the password; again for each server that may be the first',
    )
      .env('RAMZ_DATABASE')
      .argParser((url: string, former: string[]) => [...former, ...url.split(',')])
      .default([], "the daemon's own file"),
  )
  .addOption(
    new Option('--database-password <path>', 'file with the password of the database')
      .env('RAMZ_DATABASE_PASSWORD')
      .default('', 'none'),
  )
  .option('--restore', 'opens a store that was rolled back, for a restore ceremony only', false)
  .addOption(new Option('--fail-self-test <name>', 'makes a self-test fail, in the test realm').default('', 'none'))
  .addHelpText(
    'after',
    '\nExit code: 0 stopped when told to; 70 broke down, look at the log and start it again; 75 not now, such as without its\ndatabase: start it again later; 78 told something that can not be: change that first.',
  )
  .showHelpAfterError('(--help tells what there is)')
  .exitOverride()
  .action(run);

interface DaemonFlags {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly metricsPort?: number;
  readonly metricsHost: string;
  readonly traceUrl?: string;
  readonly traceRatio: number;
  readonly profile: string;
  readonly realm: string;
  readonly anchor: string;
  readonly unseal: string;
  readonly pkcs11: string;
  readonly restore: boolean;
  readonly failSelfTest: string;
  readonly database: readonly string[];
  readonly databasePassword: string;
}

async function run(options: DaemonFlags): Promise<void> {
  const logger = makeLogger();
  // The gRPC library's own lines would stand beside ours, and may repeat what a caller sent.
  setLogVerbosity(logVerbosity.NONE);
  const { dataDir: data_dir, failSelfTest: fail_self_test, ...others } = options;
  const { database: databases, databasePassword: database_password, ...telling } = others;
  const { metricsHost: metrics_host, metricsPort: metrics_port, ...tracing } = telling;
  const { traceUrl: trace_url, traceRatio: trace_ratio, ...given } = tracing;
  const telemetry = { metrics_host, metrics_port, trace_url, trace_ratio };
  const config = checkDaemonConfig({ ...given, ...telemetry, data_dir, fail_self_test, databases, database_password });
  const daemon = await startDaemon(config, logger);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    if (stopping === undefined) logger.info('stopping: answering what was accepted');
    stopping ??= daemon.stop();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A signal to npx ends npx alone: what it started goes with it. Whoever starts this program itself may leave it alone.
  const parent = process.ppid;
  const lookForParent = () => process.env['npm_command'] === 'exec' && process.ppid !== parent && stop();
  setInterval(lookForParent, LOOK_FOR_PARENT_MS).unref();
  // Started by another program, it does not outlive it.
  if (process.connected) process.on('disconnect', stop);
  const { port, vault_pid } = daemon;
  logger.info({ host: config.host, port, metrics_port: daemon.metrics_port, vault_pid }, 'listening');
  process.send?.({ listening: port, metrics_port: daemon.metrics_port, vault_pid });
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
  // It has said what is wrong with the line itself.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : EXIT_CONFIG);
  const known = error instanceof ConfigError || error instanceof NotNow;
  process.stderr.write(`ramz-daemon: ${known ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(error instanceof NotNow ? EXIT_TEMPORARY : known ? EXIT_CONFIG : EXIT_SOFTWARE);
});
