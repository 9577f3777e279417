import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, explainIssue } from '@ramz/bank-profile';
import { z } from 'zod';
import { type DatabaseAddress, readDatabaseAddress } from './database-address.ts';

const SHARE = 'is 0 to 1';

const schema = z.strictObject({
  dataDir: z.string().min(1),
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535).default(0),
  metricsHost: z.string().min(1).default('127.0.0.1'),
  metricsPort: z.int().min(0).max(65_535).optional(),
  traceUrl: z.url({ protocol: /^https?$/, error: 'is http:// or https://' }).optional(),
  traceRatio: z.number(SHARE).min(0, SHARE).max(1, SHARE).default(1),
  /** The oldest version that is spoken. */
  tls: z.enum(['1.3', '1.2'], 'is 1.3 or 1.2').default('1.3'),
  realm: z.enum(['test', 'live'], 'is test or live'),
  /** A profile that ships with the daemon, or a path to a YAML file. */
  profile: z.string().min(1),
  /** Best on another volume than the data directory. */
  anchor: z.string().default(''),
  unseal: z.enum(['shares', 'pkcs11', 'file'], 'is shares, pkcs11 or file').default('shares'),
  pkcs11: z.string().default(''),
  restore: z.boolean().default(false),
  failSelfTest: z.string().default(''),
  databases: z.array(z.string()).max(8, 'are at most 8').default([]),
  databasePassword: z.string().default(''),
  identity: z.enum(['file', 'pkcs11'], 'is file or pkcs11').default('file'),
  newIdentity: z.boolean().default(false),
  otpEngine: z.enum(['fast', 'noble'], 'is fast or noble').default('fast'),
  /** Between a vault and a front of two users; empty for one that starts the other. */
  vaultSocket: z.string().default(''),
  vaultUid: z.int().min(0).optional(),
});

/** What the operator decides: one value each, with no second source. */
export interface DaemonConfig {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly metricsHost: string;
  /** Undefined: nobody reads metrics. 0 takes any free port. */
  readonly metricsPort?: number | undefined;
  /** Undefined: no call is traced. An OTLP/HTTP collector. */
  readonly traceUrl?: string | undefined;
  /** Share of the calls that is traced, 0 to 1. */
  readonly traceRatio: number;
  readonly tls: '1.3' | '1.2';
  readonly realm: 'test' | 'live';
  readonly profile: string;
  readonly anchor: string;
  readonly unseal: 'shares' | 'pkcs11' | 'file';
  readonly pkcs11: string;
  readonly restore: boolean;
  readonly failSelfTest: string;
  /** None for the embedded store. */
  readonly databases: readonly DatabaseAddress[];
  /** A file. */
  readonly databasePassword: string;
  readonly identity: 'file' | 'pkcs11';
  readonly newIdentity: boolean;
  readonly otpEngine: 'fast' | 'noble';
  /** Empty: the vault is started by the front, as the same user. */
  readonly vaultSocket: string;
  readonly vaultUid?: number | undefined;
}

/** @throws ConfigError */
export function checkDaemonConfig(given: Record<string, unknown>): DaemonConfig {
  const result = schema.safeParse(given);
  if (!result.success) throw new ConfigError(`--${explainIssue(result.error, optionOf)}`);
  const { realm, unseal, pkcs11, failSelfTest, anchor } = result.data;
  if (realm === 'live' && (unseal === 'file' || failSelfTest !== '')) {
    throw new ConfigError('--unseal file and --fail-self-test exist in the test realm only');
  }
  const { identity, vaultSocket } = result.data;
  if ((unseal === 'pkcs11' || identity === 'pkcs11') !== (pkcs11 !== '')) {
    throw new ConfigError('--unseal pkcs11 or --identity pkcs11 go together with --pkcs11 <settings file>');
  }
  const databases = result.data.databases.map((text) => readDatabaseAddress(text, realm));
  const { databasePassword } = result.data;
  assertDatabase(databases, databasePassword);
  const dataDir = resolve(result.data.dataDir);
  return Object.freeze({
    ...result.data,
    dataDir,
    anchor: anchor === '' ? resolve(dataDir, 'anchor') : resolve(anchor),
    pkcs11: pkcs11 === '' ? '' : resolve(pkcs11),
    vaultSocket: vaultSocket === '' ? '' : resolve(vaultSocket),
    databases,
    databasePassword: databasePassword === '' ? '' : resolve(databasePassword),
  });
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

function optionOf(field: string): string {
  const named: Readonly<Record<string, string>> = {
    databases: 'database',
    vaultSocket: 'socket',
    vaultUid: 'vault-user',
  };
  return named[field] ?? field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
