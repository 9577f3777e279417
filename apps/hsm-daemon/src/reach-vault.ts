import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, profilePath } from '@ramz/bank-profile';
import type { RunningVault } from './boundary/running-vault.ts';
import { spawnVault } from './boundary/spawn-vault.ts';
import type { VaultOptions } from './boundary/vault-options.ts';
import { assertSocketPlace, connectVault } from './boundary/vault-socket.ts';
import type { DaemonConfig } from './config/daemon-config.ts';
import { DAEMON_VERSION } from './config/daemon-version.ts';
import { isPassing, NotNow, whyNotConnected, whyNoVault } from './start-errors.ts';

/**
 * Connects to the vault of another user, or starts one as this user.
 * @throws ConfigError, NotNow
 */
export async function reachVault(config: DaemonConfig, entry?: string): Promise<RunningVault> {
  const { dataDir, socket, vaultUser = -1 } = config;
  if (socket !== '') {
    return connectVault(socket, vaultUser).catch((error: unknown) => {
      throw whyNotConnected(error);
    });
  }
  try {
    const vaultDir = join(dataDir, 'vault');
    makePrivate(vaultDir);
    return await spawnVault(vaultOptions(config, vaultDir), entry);
  } catch (error) {
    throw whyNoVault(error);
  }
}

/**
 * Starts the vault alone, for a front of another user. Returns how to stop it and how it ended.
 * @throws ConfigError, NotNow
 */
export async function runVaultAlone(config: DaemonConfig): Promise<Pick<RunningVault, 'pid' | 'ended' | 'stop'>> {
  const vaultDir = join(config.dataDir, 'vault');
  makePrivate(config.dataDir);
  makePrivate(vaultDir);
  const options = vaultOptions(config, vaultDir);
  try {
    assertSocketPlace(config.socket);
    return await spawnVault({ ...options, socketPath: config.socket });
  } catch (error) {
    throw whyNoVault(error);
  }
}

/** Selects the options that are the vault's own and adds the paths of its files. */
function vaultOptions(config: DaemonConfig, vaultDir: string): VaultOptions {
  const { realm, unseal, restore, failSelfTest, identity, newIdentity, otpEngine, debugVault } = config;
  const {
    anchor: anchorPath,
    pkcs11: pkcs11Path,
    database: databases,
    databasePassword: databasePasswordPath,
  } = config;
  const paths = { vaultDir, profilePath: profilePath(config.profile), anchorPath, pkcs11Path, databasePasswordPath };
  const own = { realm, unseal, restore, failSelfTest, identity, newIdentity, otpEngine, debugVault };
  return { ...paths, ...own, databases, socketPath: '', version: DAEMON_VERSION };
}

/**
 * Creates a folder that only this user may enter.
 * @throws ConfigError, NotNow
 */
export function makePrivate(dataDir: string): void {
  try {
    // Creates only the last folder if its parent exists: with `recursive`, Node retries forever
    // below /proc.
    if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: !existsSync(dirname(dataDir)), mode: 0o700 });
    chmodSync(dataDir, 0o700);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `cannot use the data directory ${dataDir}: ${why}`;
    throw isPassing(why) ? new NotNow(message) : new ConfigError(message);
  }
}
