import { userInfo } from 'node:os';
import { shippedProfiles } from '@ramz/bank-profile';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkDaemonConfig, type DaemonConfig } from './daemon-config.ts';
import { dataDirOption, hostOption, portOption, readCount } from './options.ts';

// What `ramz-daemon` is told; `ramz-front` and `ramz-vault` are told each a part of it.

/** What front and vault must agree on. */
export function commonOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--profile <name>', `bank profile: ${shippedProfiles().join(', ')}, or a YAML file`)
        .env('RAMZ_PROFILE')
        .default('maskan'),
    )
    .addOption(
      new Option(
        '--realm <realm>',
        'test, whose certificates are made at the first start, or live, which brings them in <data-dir>/pki of the front',
      )
        .env('RAMZ_REALM')
        .choices(['test', 'live'])
        .default('test'),
    );
}

export function frontOptions(command: Command): Command {
  return command
    .addOption(hostOption('address to listen on'))
    .addOption(portOption('port to listen on, 0 for any free one'))
    .addOption(
      new Option('--tls <version>', 'oldest TLS version that callers may speak; 1.2 with authenticated encryption only')
        .env('RAMZ_TLS')
        .choices(['1.3', '1.2'])
        .default('1.3'),
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
      new Option(
        '--trace-ratio <share>',
        'share of the calls that is traced, 0 to 1; a caller who traces decides itself',
      )
        .env('RAMZ_TRACE_RATIO')
        .argParser(Number)
        .default(1),
    );
}

export function vaultOptions(command: Command): Command {
  return command
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
      new Option('--identity <where>', "where the vault's identity key is: a file of its own, or a PKCS #11 token")
        .env('RAMZ_IDENTITY')
        .choices(['file', 'pkcs11'])
        .default('file'),
    )
    .addOption(
      new Option('--pkcs11 <path>', 'JSON settings of the token: module, token, pin_file, key, identity_key')
        .env('RAMZ_PKCS11')
        .default('', 'none'),
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
    .addOption(
      new Option('--otp-engine <engine>', 'what codes are computed with: ours with its kernels, or the audited noble')
        .env('RAMZ_OTP_ENGINE')
        .choices(['fast', 'noble'])
        .default('fast'),
    )
    .option('--restore', 'opens a store that was rolled back, for a restore ceremony only', false)
    .option('--new-identity', 'makes a second identity key beside the first, for a quorum to adopt', false)
    .addOption(new Option('--fail-self-test <name>', 'makes a self-test fail, in the test realm').default('', 'none'));
}

export function dataDirectory(what: string): Option {
  return dataDirOption(what);
}

/** The user that the vault runs as, by name or number. @throws InvalidArgumentError */
export function readUid(text: string): number {
  if (/^[0-9]{1,10}$/.test(text)) return Number(text);
  if (text === userInfo().username) return userInfo().uid;
  throw new InvalidArgumentError('give the number of the user (id -u <name>).');
}

export interface DaemonFlags {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly metricsPort?: number;
  readonly metricsHost: string;
  readonly traceUrl?: string;
  readonly traceRatio: number;
  readonly profile: string;
  readonly tls: string;
  readonly realm: string;
  readonly anchor: string;
  readonly unseal: string;
  readonly identity: string;
  readonly pkcs11: string;
  readonly restore: boolean;
  readonly newIdentity: boolean;
  readonly otpEngine: string;
  readonly failSelfTest: string;
  readonly database: readonly string[];
  readonly databasePassword: string;
  readonly socket: string;
  readonly vaultUser: number;
}

/** @throws ConfigError */
export function configOf(flags: Partial<DaemonFlags>): DaemonConfig {
  const { database: databases, socket: vaultSocket, vaultUser: vaultUid, ...others } = flags;
  return checkDaemonConfig({ ...others, databases, vaultSocket, vaultUid });
}
