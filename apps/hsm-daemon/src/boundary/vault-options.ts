import type { DatabaseAddress } from '../config/database-address.ts';

/** What the vault's process is told at its start. No secret is among it: it stands in the process list. */
export interface VaultOptions {
  /** The vault's own folder: nothing else is in it, and nothing else can it write but the anchor. */
  readonly vaultDir: string;
  readonly anchorPath: string;
  readonly profilePath: string;
  readonly realm: 'test' | 'live';
  readonly version: string;
  readonly unseal: 'shares' | 'pkcs11' | 'file';
  /** A JSON file: module, token label, PIN file, key label. */
  readonly pkcs11Path: string;
  /** A store that is older than its anchor is opened, for a restore ceremony only. */
  readonly restore: boolean;
  /** PostgreSQL servers, of which one may be written to at a time; none for the store in the vault's own folder. */
  readonly databases: readonly DatabaseAddress[];
  /** A file that holds the password; empty where none is asked for. */
  readonly databasePasswordPath: string;
  /** A self-test that is to fail, in the test realm. */
  readonly failSelfTest: string;
  /** Where a front of another user connects; empty for the one that started it. */
  readonly socketPath: string;
  /** Makes a second identity key, for a quorum to adopt. */
  readonly newIdentity: boolean;
  /** Where the identity key is: in a file, or in the token of `pkcs11Path`. */
  readonly identity: 'file' | 'pkcs11';
  /** What codes, keys and digests are computed with. */
  readonly otpEngine: 'fast' | 'noble';
}

/** Our own libraries that the vault's code is made of. */
export const VAULT_LIBRARIES: readonly string[] = [
  '@ramz/audit-log',
  '@ramz/bank-profile',
  '@ramz/custody',
  '@ramz/otp-core',
  '@ramz/otp-fast',
];
