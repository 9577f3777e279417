import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';
import { type RunningVault, spawnVault } from './boundary/spawn-vault.ts';
import type { VaultLink } from './boundary/vault-link.ts';
import { type BankProfile, readBankProfile } from './config/bank-profile.ts';
import { ConfigError } from './config/config-error.ts';
import { type DaemonConfig, profilePath } from './config/daemon-config.ts';
import { isTaken, onFreePort } from './free-port.ts';
import { ensureTestAuthority, readParty } from './front/access/test-authority.ts';
import type { FrontOptions } from './front/front-options.ts';
import { HealthBoard } from './front/health/health-board.ts';
import { tellState } from './front/health/tell-state.ts';
import { watchVault } from './front/health/watch-vault.ts';
import { granted } from './front/rpc/vault-fault.ts';
import { startFront } from './front/start-front.ts';
import { CallTracer } from './front/telemetry/call-tracer.ts';
import type { Logger } from './front/telemetry/logger.ts';
import { Metrics } from './front/telemetry/metrics.ts';
import { serveMetrics } from './front/telemetry/serve-metrics.ts';
import { exportTo } from './front/telemetry/span-exporter.ts';

/** The vault tells an error with its name before its sentence: a person needs the sentence. */
const ERRORS_NAME = /^[A-Z]\w*: /;
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
  readonly metrics_port: number | undefined;
  readonly vault_pid: number;
  /** Takes nothing new, answers what was accepted, stops the vault. */
  stop(): Promise<void>;
  /** Settles when the vault has ended, with its sentence when it told why. */
  readonly vault_ended: Promise<string | undefined>;
}

/** Starts the vault, then the front. `vault_entry` is another module in tests. @throws ConfigError */
export async function startDaemon(config: DaemonConfig, logger: Logger, vault_entry?: string): Promise<RunningDaemon> {
  const { data_dir, realm, host } = config;
  makePrivate(data_dir);
  const vault_dir = join(data_dir, 'vault');
  makePrivate(vault_dir);
  const profile_path = profilePath(config.profile);
  const profile = readBankProfile(profile_path);
  if (realm === 'test') await ensureTestAuthority(data_dir);
  const credentials = serverCredentials(data_dir);
  const vault = await startVault(vaultOptions(config, vault_dir, profile_path), vault_entry);
  const health = new HealthBoard();
  const stopping = new AbortController();
  const { link } = vault;
  const telemetry = { health, logger, ...startTelemetry(config, profile, link, logger) };
  const { metrics, tracer } = telemetry;
  const front_of = { link, profile, realm, version: DAEMON_VERSION, host, credentials };
  const options = { ...front_of, stopping: stopping.signal, ...telemetry };
  const { port, front } = await openFront(options, config.port).catch(async (error: unknown) => {
    await vault.stop();
    throw explainBind(error, host, config.port);
  });
  const monitoring = await startMetrics(config, metrics, link).catch(async (error: unknown) => {
    await front.close();
    await vault.stop();
    throw explainBind(error, config.metrics_host, config.metrics_port ?? 0, 'metrics-');
  });
  const first = granted<'status'>(await link.send({ kind: 'status' }));
  health.show(first.state, first.store_answers);
  tellState(first, logger);
  const unwatch = watchVault(link, health, logger, first.state);
  const stop = async () => {
    unwatch();
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
  const vault_ended = vault.ended.then(async (failure) => {
    unwatch();
    health.showStopping();
    monitoring?.stop();
    await Promise.race([front.close(), patience(LAST_WORDS_MS)]);
    return failure;
  });
  return { port, metrics_port: monitoring?.port, vault_pid: vault.pid, stop, vault_ended };
}

function vaultOptions(config: DaemonConfig, vault_dir: string, profile_path: string): Parameters<typeof spawnVault>[0] {
  const { anchor: anchor_path, pkcs11: pkcs11_path, database_password: database_password_path, ...others } = config;
  const { realm, unseal, restore, fail_self_test, databases } = others;
  const paths = { vault_dir, profile_path, anchor_path, pkcs11_path, database_password_path };
  return { ...paths, realm, version: DAEMON_VERSION, unseal, restore, fail_self_test, databases };
}

/** Spans only when a collector was named. */
function startTelemetry(
  { trace_url, trace_ratio }: DaemonConfig,
  profile: BankProfile,
  link: VaultLink,
  logger: Logger,
): Pick<FrontOptions, 'metrics' | 'tracer'> {
  const metrics = new Metrics(DAEMON_VERSION, profile);
  link.onAnswered = (command, seconds) => metrics.vaultAnswered(command, seconds);
  if (trace_url === undefined) return { metrics, tracer: undefined };
  const tracer = new CallTracer(exportTo(trace_url, logger), trace_ratio, DAEMON_VERSION);
  link.onSend = (command) => tracer.beginVault(command);
  return { metrics, tracer };
}

/** Only when it was asked for: what does not listen can not be attacked. */
async function startMetrics({ metrics_host, metrics_port }: DaemonConfig, metrics: Metrics, link: VaultLink) {
  return metrics_port === undefined ? undefined : serveMetrics(metrics_host, metrics_port, metrics, link);
}

/** @param wanted_port 0 for any */
async function openFront(options: Omit<FrontOptions, 'port'>, wanted_port: number) {
  const open = (port: number) => startFront({ ...options, port });
  if (wanted_port !== 0) return { port: wanted_port, front: await open(wanted_port) };
  const { port, started: front } = await onFreePort(options.host, open);
  return { port, front };
}

async function startVault(options: Parameters<typeof spawnVault>[0], entry?: string): Promise<RunningVault> {
  try {
    return await spawnVault(options, entry);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `the vault did not start: ${why.replace(ERRORS_NAME, '')}`;
    // Waiting does not give the right password.
    if (/password authentication failed|asks for a password/.test(why))
      throw new ConfigError(`${message}: is the file of --database-password the right one?`);
    throw why.startsWith('StoreUnavailable: ') ? new NotNow(message) : new ConfigError(message);
  }
}

function serverCredentials(data_dir: string): ServerCredentials {
  const { ca, certificate, key } = readServerParty(data_dir);
  // The last argument is what makes TLS mutual: a client without a certificate gets no connection.
  return ServerCredentials.createSsl(ca, [{ private_key: key, cert_chain: certificate }], true);
}

/** In the live realm a bank brings these files. @throws ConfigError that names the one that is missing */
function readServerParty(data_dir: string): ReturnType<typeof readParty> {
  try {
    return readParty(data_dir, 'server');
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? String(error.path) : join(data_dir, 'pki');
    throw new ConfigError(
      `${path} can not be read: the live realm wants the bank's own ca.crt, server.crt and server.key in ${join(data_dir, 'pki')}`,
    );
  }
}

function makePrivate(data_dir: string): void {
  try {
    // Only the last folder when its parent is there: told to make all, Node tries for ever below /proc.
    if (!existsSync(data_dir)) mkdirSync(data_dir, { recursive: !existsSync(dirname(data_dir)), mode: 0o700 });
    chmodSync(data_dir, 0o700);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`can not use the data directory ${data_dir}: ${why}`);
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
    `can not listen on ${host}:${port} (${code ?? 'no such address'}): is --${of}host an address of this machine?`,
  );
}

function patience(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms).unref();
  });
}
