import { join } from 'node:path';
import { ConfigError } from '@ramz/bank-profile';
import type { StatusReply } from './boundary/status-reply.ts';
import type { DaemonConfig } from './config/daemon-config.ts';
import { ensureTestAuthority } from './front/access/test-authority.ts';
import { DeniedCertificates } from './front/connections/denied-certificates.ts';
import { ExpiryWatch } from './front/connections/expiry-watch.ts';
import { OpenConnections } from './front/connections/open-connections.ts';
import { type PkiFiles, readPkiFiles } from './front/connections/pki-files.ts';
import { PkiReload } from './front/connections/reload-pki.ts';
import { ReloadableCredentials } from './front/connections/server-credentials.ts';
import type { FrontOptions } from './front/front-options.ts';
import type { Logger } from './front/telemetry/logger.ts';
import type { Metrics } from './front/telemetry/metrics.ts';
import { isPassing, NotNow } from './start-errors.ts';

/** The front's own certificate, the authorities it trusts, and its open connections. */
export interface Pki extends Pick<FrontOptions, 'connections' | 'denied'> {
  readonly dir: string;
  readonly files: PkiFiles;
  readonly credentials: ReloadableCredentials;
}

export async function openPki({ dataDir, tls }: DaemonConfig, logger: Logger): Promise<Pki> {
  const dir = join(dataDir, 'pki');
  const files = await readPki(dir);
  const credentials = new ReloadableCredentials(files.party, tls);
  const denied = new DeniedCertificates(() => Date.now());
  return { dir, files, credentials, denied, connections: new OpenConnections(denied, logger) };
}

/**
 * Returns a listener for the vault's status. It rejects callers that are blocked there and closes
 * their connections.
 */
export function blocking({ denied, connections }: Pki): (status: Pick<StatusReply, 'blockedCallers'>) => void {
  return ({ blockedCallers }) => {
    if (denied.block(blockedCallers)) connections.closeDenied();
  };
}

export function reloadPki({ dir, files, ...pki }: Pki, metrics: Metrics, logger: Logger): PkiReload {
  const expiry = new ExpiryWatch(logger, metrics, () => Date.now());
  pki.connections.onConnected = (name, { notAfterMs }) => expiry.watch({ name: `caller ${name}`, notAfterMs });
  return new PkiReload(dir, files, { ...pki, expiry, logger });
}

export async function makeTestAuthority(dataDir: string): Promise<void> {
  try {
    await ensureTestAuthority(dataDir);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw isPassing(why) ? new NotNow(`cannot make the test realm's certificates: ${why}`) : error;
  }
}

/**
 * Reads the certificate files. In the live realm the bank provides them.
 * @throws ConfigError that names the missing or invalid file
 */
async function readPki(dir: string): Promise<PkiFiles> {
  try {
    return await readPkiFiles(dir);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!('path' in error)) throw new ConfigError(error.message);
    const wanted = `the live realm needs the bank's own ca.crt, server.crt and server.key in ${dir}`;
    throw new ConfigError(`${String(error.path)} cannot be read: ${wanted}`);
  }
}
