import type { DaemonConfig } from '../config/daemon-config.ts';

/** Of what the operator decided, what is the vault's own. */
type OwnOptions = Pick<
  DaemonConfig,
  'realm' | 'unseal' | 'restore' | 'failSelfTest' | 'identity' | 'newIdentity' | 'otpEngine'
>;

/** What the vault's process is told at its start. No secret is among it: it stands in the process list. */
export interface VaultOptions extends OwnOptions {
  /** The vault's own folder: nothing else is in it, and nothing else can it write but the anchor. */
  readonly vaultDir: string;
  readonly anchorPath: string;
  readonly profilePath: string;
  readonly version: string;
  /** A JSON file: module, token label, PIN file, key label. */
  readonly pkcs11Path: string;
  /** PostgreSQL servers, of which one may be written to at a time; none for the store in the vault's own folder. */
  readonly databases: DaemonConfig['database'];
  /** A file that holds the password; empty where none is asked for. */
  readonly databasePasswordPath: string;
  /** Where a front of another user connects; empty for the one that started it. */
  readonly socketPath: string;
}

/** Our own libraries that the vault's code is made of. */
export const VAULT_LIBRARIES: readonly string[] = [
  '@ramz/audit-log',
  '@ramz/bank-profile',
  '@ramz/custody',
  '@ramz/otp-core',
  '@ramz/otp-fast',
];
