import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BankProfile, ConfigError, profilePath, readBankProfile } from '@ramz/bank-profile';
import type { RunningVault } from './boundary/running-vault.ts';
import { spawnVault } from './boundary/spawn-vault.ts';
import type { StatusReply } from './boundary/status-reply.ts';
import type { VaultLink } from './boundary/vault-link.ts';
import { assertSocketPlace, connectVault, SocketNotOwned } from './boundary/vault-socket.ts';
import type { DaemonConfig } from './config/daemon-config.ts';
import { isTaken, onFreePort } from './free-port.ts';
import { ensureTestAuthority } from './front/access/test-authority.ts';
import { DeniedCertificates } from './front/connections/denied-certificates.ts';
import { ExpiryWatch } from './front/connections/expiry-watch.ts';
import { OpenConnections } from './front/connections/open-connections.ts';
import { type PkiFiles, readPkiFiles } from './front/connections/pki-files.ts';
import { PkiReload } from './front/connections/reload-pki.ts';
import { ReloadableCredentials } from './front/connections/server-credentials.ts';
import { granted } from './front/errors/front-errors.ts';
import type { FrontOptions } from './front/front-options.ts';
import { HealthBoard } from './front/health/health-board.ts';
import { tellState } from './front/health/tell-state.ts';
import { watchVault } from './front/health/watch-vault.ts';
import { startFront } from './front/start-front.ts';
import { CallTracer } from './front/telemetry/call-tracer.ts';
import type { Logger } from './front/telemetry/logger.ts';
import { Metrics } from './front/telemetry/metrics.ts';
import { serveMetrics } from './front/telemetry/serve-metrics.ts';
import { exportTo } from './front/telemetry/span-exporter.ts';

/** The vault tells an error with its name before its sentence: a person needs the sentence. */
const ERRORS_NAME = /^[A-Z]\w*: /;
/** What the vault could not start with, and may be gone in a minute: a full disk, a store that another still lets go of. */
const PASSING = /^(StoreUnavailable|StoreInUse): |\b(ENOSPC|EDQUOT|EROFS|EIO)\b/;
/** After this long a stop no longer waits for callers that hold their connections open. */
const STOP_PATIENCE_MS = 10_000;

/** Longer than any batch takes. */
const VAULT_PATIENCE_MS = 5_000;
/** After the vault has gone: enough to send what is to be said. */
const LAST_WORDS_MS = 500;
/** A collector that is gone does not hold up a stop. */
const LAST_SPANS_MS = 1_000;

export const DAEMON_VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** Starting it again later may help. */
export class NotNow extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotNow';
  }
}

export interface RunningDaemon {
  readonly port: number;
  /** Where metrics are read; undefined when nobody asked for them. */
  readonly metricsPort: number | undefined;
  readonly vaultPid: number;
  /** Reads certificates and revocation lists again, as it does by itself when a file changes. */
  reload(): Promise<void>;
  /** Takes nothing new, answers what was accepted, stops the vault. */
  stop(): Promise<void>;
  /** Settles when the vault has ended, with its sentence when it told why. */
  readonly vaultEnded: Promise<string | undefined>;
}

/** Starts the vault, then the front. `vaultEntry` is another module in tests. @throws ConfigError */
export async function startDaemon(config: DaemonConfig, logger: Logger, vaultEntry?: string): Promise<RunningDaemon> {
  const { dataDir, realm, host } = config;
  makePrivate(dataDir);
  const pathOfProfile = profilePath(config.profile);
  const profile = readBankProfile(pathOfProfile);
  if (realm === 'test') await makeTestAuthority(dataDir);
  const pki = await openPki(config, logger);
  const vault = await reachVault(config, pathOfProfile, vaultEntry);
  const health = new HealthBoard();
  const stopping = new AbortController();
  const { link } = vault;
  const telemetry = { health, logger, ...startTelemetry(config, profile, link, logger) };
  const { metrics, tracer } = telemetry;
  const frontOf = { link, profile, realm, version: DAEMON_VERSION, host, ...pki };
  const options = { ...frontOf, stopping: stopping.signal, ...telemetry };
  const { port, front } = await openFront(options, config.port).catch(async (error: unknown) => {
    await vault.stop();
    throw explainBind(error, host, config.port);
  });
  const monitoring = await startMetrics(config, metrics, link).catch(async (error: unknown) => {
    await front.close();
    await vault.stop();
    throw explainBind(error, config.metricsHost, config.metricsPort ?? 0, 'metrics-');
  });
  const first = granted<'status'>(await link.send({ kind: 'status' }));
  health.show(first.state, first.storeAnswers);
  tellState(first, logger);
  const reload = reloadPki(pki, metrics, logger);
  const showBlocked = blocking(pki);
  showBlocked(first);
  const unwatch = watchVault(link, health, logger, first.state, showBlocked);
  const stop = async () => {
    unwatch();
    reload.stop();
    health.showStopping();
    stopping.abort();
    monitoring?.stop();
    await Promise.race([front.close(), patience(STOP_PATIENCE_MS)]);
    await Promise.race([tracer?.close(), patience(LAST_SPANS_MS)]);
    await Promise.race([vault.stop(), patience(VAULT_PATIENCE_MS)]);
    // One that has stopped in order is gone; one that does not answer any more goes now.
    vault.kill();
    await vault.ended;
  };
  // Callers that were waiting hear UNAVAILABLE before the connections close.
  const vaultEnded = vault.ended.then(async (failure) => {
    unwatch();
    health.showStopping();
    monitoring?.stop();
    await Promise.race([front.close(), patience(LAST_WORDS_MS)]);
    return failure;
  });
  return {
    port,
    metricsPort: monitoring?.port,
    vaultPid: vault.pid,
    reload: () => reload.reload(),
    stop,
    vaultEnded,
  };
}

function vaultOptions(config: DaemonConfig, vaultDir: string, pathOfProfile: string): Parameters<typeof spawnVault>[0] {
  const { anchor: anchorPath, pkcs11: pkcs11Path, databasePassword: databasePasswordPath, ...others } = config;
  const { realm, unseal, restore, failSelfTest, databases, identity, newIdentity, otpEngine } = others;
  const paths = { vaultDir, profilePath: pathOfProfile, anchorPath, pkcs11Path, databasePasswordPath };
  const own = { identity, newIdentity, otpEngine, socketPath: '' };
  return { ...paths, ...own, realm, version: DAEMON_VERSION, unseal, restore, failSelfTest, databases };
}

/** Spans only when a collector was named. */
function startTelemetry(
  { traceUrl, traceRatio }: DaemonConfig,
  profile: BankProfile,
  link: VaultLink,
  logger: Logger,
): Pick<FrontOptions, 'metrics' | 'tracer'> {
  const metrics = new Metrics(DAEMON_VERSION, profile);
  link.onAnswered = (command, seconds) => metrics.vaultAnswered(command, seconds);
  if (traceUrl === undefined) return { metrics, tracer: undefined };
  const tracer = new CallTracer(exportTo(traceUrl, logger), traceRatio, DAEMON_VERSION);
  link.onSend = (command) => tracer.beginVault(command);
  return { metrics, tracer };
}

/** Only when it was asked for: what does not listen cannot be attacked. */
async function startMetrics({ metricsHost, metricsPort }: DaemonConfig, metrics: Metrics, link: VaultLink) {
  return metricsPort === undefined ? undefined : serveMetrics(metricsHost, metricsPort, metrics, link);
}

/** @param wantedPort 0 for any */
async function openFront(options: Omit<FrontOptions, 'port'>, wantedPort: number) {
  const open = (port: number) => startFront({ ...options, port });
  if (wantedPort !== 0) return { port: wantedPort, front: await open(wantedPort) };
  const { port, started: front } = await onFreePort(options.host, open);
  return { port, front };
}

/** The vault of another user, or one of this user that is started now. @throws ConfigError, NotNow */
async function reachVault(config: DaemonConfig, pathOfProfile: string, entry?: string): Promise<RunningVault> {
  const { dataDir, vaultSocket, vaultUid } = config;
  if (vaultSocket !== '') {
    return connectVault(vaultSocket, vaultUid ?? -1).catch((error: unknown) => {
      throw whyNotConnected(error);
    });
  }
  try {
    const vaultDir = join(dataDir, 'vault');
    makePrivate(vaultDir);
    return await spawnVault(vaultOptions(config, vaultDir, pathOfProfile), entry);
  } catch (error) {
    throw whyNoVault(error);
  }
}

/**
 * The vault alone, for a front of another user: how to stop it, and how it ended.
 * @throws ConfigError, NotNow
 */
export async function runVaultAlone(config: DaemonConfig): Promise<Pick<RunningVault, 'pid' | 'ended' | 'stop'>> {
  const vaultDir = join(config.dataDir, 'vault');
  makePrivate(config.dataDir);
  makePrivate(vaultDir);
  const options = vaultOptions(config, vaultDir, profilePath(config.profile));
  try {
    const socketPath = resolve(config.vaultSocket);
    assertSocketPlace(socketPath);
    return await spawnVault({ ...options, socketPath });
  } catch (error) {
    throw whyNoVault(error);
  }
}

function whyNoVault(error: unknown): Error {
  if (error instanceof ConfigError || error instanceof NotNow) return error;
  const why = error instanceof Error ? error.message : String(error);
  const message = `the vault did not start: ${why.replace(ERRORS_NAME, '')}`;
  // Waiting does not give the right password.
  if (/password authentication failed|asks for a password/.test(why))
    return new ConfigError(`${message}: is the file of --database-password the right one?`);
  return PASSING.test(why) ? new NotNow(message) : new ConfigError(message);
}

/** One that is not up yet may be soon; a socket of another user is not a vault. */
function whyNotConnected(error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  return error instanceof SocketNotOwned ? new ConfigError(why) : new NotNow(`the vault cannot be reached: ${why}`);
}

/** What the front shows and believes, and whose connections it has. */
interface Pki extends Pick<FrontOptions, 'connections' | 'denied'> {
  readonly dir: string;
  readonly files: PkiFiles;
  readonly credentials: ReloadableCredentials;
}

async function openPki({ dataDir, tls }: DaemonConfig, logger: Logger): Promise<Pki> {
  const dir = join(dataDir, 'pki');
  const files = await readPki(dir);
  const credentials = new ReloadableCredentials(files.party, tls);
  const denied = new DeniedCertificates(() => Date.now());
  return { dir, files, credentials, denied, connections: new OpenConnections(denied, logger) };
}

/** Told how the vault is: callers that were blocked there are refused here, and their connections closed. */
function blocking({ denied, connections }: Pki): (status: Pick<StatusReply, 'blockedCallers'>) => void {
  return ({ blockedCallers }) => {
    if (denied.block(blockedCallers)) connections.closeDenied();
  };
}

function reloadPki({ dir, files, ...pki }: Pki, metrics: Metrics, logger: Logger): PkiReload {
  const expiry = new ExpiryWatch(logger, metrics, () => Date.now());
  pki.connections.onConnected = (name, { notAfterMs }) => expiry.watch({ name: `caller ${name}`, notAfterMs });
  return new PkiReload(dir, files, { ...pki, expiry, logger });
}

async function makeTestAuthority(dataDir: string): Promise<void> {
  try {
    await ensureTestAuthority(dataDir);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw PASSING.test(why) ? new NotNow(`cannot make the test realm's certificates: ${why}`) : error;
  }
}

/** In the live realm a bank brings these files. @throws ConfigError that names the one that is missing, or wrong */
async function readPki(dir: string): Promise<PkiFiles> {
  try {
    return await readPkiFiles(dir);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!('path' in error)) throw new ConfigError(error.message);
    const wanted = `the live realm wants the bank's own ca.crt, server.crt and server.key in ${dir}`;
    throw new ConfigError(`${String(error.path)} cannot be read: ${wanted}`);
  }
}

function makePrivate(dataDir: string): void {
  try {
    // Only the last folder when its parent is there: told to make all, Node tries for ever below /proc.
    if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: !existsSync(dirname(dataDir)), mode: 0o700 });
    chmodSync(dataDir, 0o700);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `cannot use the data directory ${dataDir}: ${why}`;
    throw PASSING.test(why) ? new NotNow(message) : new ConfigError(message);
  }
}

/** @param of before the names of the options that say where */
function explainBind(error: unknown, host: string, port: number, of: '' | 'metrics-' = ''): unknown {
  const text = String(error);
  if (isTaken(error)) {
    return new ConfigError(`port ${port} on ${host} is in use: stop what uses it, or choose another with --${of}port`);
  }
  const [code] = /\bE[A-Z]{4,}\b/.exec(text) ?? [];
  if (code === undefined && !text.includes('No address added')) return error;
  return new ConfigError(
    `cannot listen on ${host}:${port} (${code ?? 'no such address'}): is --${of}host an address of this machine?`,
  );
}

function patience(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms).unref();
  });
}
