import type { DaemonConfig } from '../config/daemon-config.ts';

/** The operator's settings that are the vault's own. */
type OwnOptions = Pick<
  DaemonConfig,
  'realm' | 'unseal' | 'restore' | 'failSelfTest' | 'identity' | 'newIdentity' | 'otpEngine' | 'debugVault'
>;

/**
 * The start options of the vault process. They contain no secret, since the process list shows
 * them.
 */
export interface VaultOptions extends OwnOptions {
  /**
   * The vault's own folder, with nothing else in it. The vault may write only here, to the anchor,
   * and in the socket's folder.
   */
  readonly vaultDir: string;
  readonly anchorPath: string;
  readonly profilePath: string;
  readonly version: string;
  /** A JSON file: module, token label, PIN file, key label. */
  readonly pkcs11Path: string;
  /**
   * PostgreSQL servers, one of them writable at a time; none for the store in the vault's own
   * folder.
   */
  readonly databases: DaemonConfig['database'];
  /** File with the database password; empty if none is needed. */
  readonly databasePasswordPath: string;
  /** Socket for a front of another user; empty for the front that started the vault. */
  readonly socketPath: string;
}

/** The libraries of this repository that the vault's code uses. */
export const VAULT_LIBRARIES: readonly string[] = [
  '@ramz/audit-log',
  '@ramz/bank-profile',
  '@ramz/custody',
  '@ramz/otp-core',
  '@ramz/otp-fast',
  '@ramz/token-client',
];
