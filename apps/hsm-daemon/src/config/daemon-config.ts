import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, explainIssue } from '@ramz/bank-profile';
import type { z } from 'zod';
import { DAEMON_OPTIONS, OPTION_TEXTS, type Program } from './daemon-options.ts';
import { type DatabaseAddress, readDatabaseAddress } from './database-address.ts';

/**
 * The operator's settings: one value each, with no second source. Paths are absolute; those that
 * are not given stay empty. No database means the embedded store, no socket a vault that the front
 * starts itself.
 */
export type DaemonConfig = Readonly<Omit<z.output<typeof DAEMON_OPTIONS>, 'database'>> & {
  readonly database: readonly DatabaseAddress[];
};

/** @throws ConfigError */
export function checkDaemonConfig(given: Record<string, unknown>, program: Program): DaemonConfig {
  const result = DAEMON_OPTIONS.safeParse(given);
  if (!result.success) throw new ConfigError(`--${explainIssue(result.error, flagName)}`);
  const options = result.data;
  assertWanted(options, program);
  assertAllowed(options);
  const addresses = options.database.flatMap((text) => text.split(','));
  const database = addresses.map((text) => readDatabaseAddress(text, options.realm));
  assertDatabase(database, options.databasePassword);
  const dataDir = resolve(options.dataDir);
  const path = (given: string) => (given === '' ? '' : resolve(given));
  return Object.freeze({
    ...options,
    dataDir,
    database,
    anchor: path(options.anchor) || resolve(dataDir, 'anchor'),
    pkcs11: path(options.pkcs11),
    socket: path(options.socket),
    databasePassword: path(options.databasePassword),
  });
}

type Options = z.output<typeof DAEMON_OPTIONS>;

/** @throws ConfigError */
function assertWanted(options: Options, program: Program): void {
  for (const [name, schema] of Object.entries(DAEMON_OPTIONS.shape)) {
    const { of = [], wanted, flag } = OPTION_TEXTS.get(schema) ?? {};
    const value = options[name as keyof Options];
    if (wanted === true && of.includes(program) && (value === undefined || value === '')) {
      throw new ConfigError(`${flag} is required: see --help`);
    }
  }
}

/** @throws ConfigError */
function assertAllowed({ realm, unseal, identity, pkcs11, failSelfTest, debugVault }: Options): void {
  if (realm === 'live' && debugVault !== undefined) {
    throw new ConfigError('--debug-vault exists in the test realm only: a debugger reads every key of the vault');
  }
  if (realm === 'live' && (unseal === 'file' || failSelfTest !== '')) {
    throw new ConfigError('--unseal file and --fail-self-test exist in the test realm only');
  }
  if ((unseal === 'pkcs11' || identity === 'pkcs11') !== (pkcs11 !== '')) {
    throw new ConfigError('--unseal pkcs11 or --identity pkcs11 go together with --pkcs11 <settings file>');
  }
}

/** @throws ConfigError */
function assertDatabase(databases: readonly DatabaseAddress[], password: string): void {
  if (password !== '' && databases.length === 0) throw new ConfigError('--database-password is for --database');
  for (const { tls } of databases) assertReadable('--database, sslrootcert', tls?.caPath);
  assertReadable('--database-password', password);
}

/** @throws ConfigError */
function assertReadable(option: string, path = ''): void {
  if (path === '') return;
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ConfigError(`${option}: the file ${path} cannot be read (${why})`);
  }
}

function flagName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
