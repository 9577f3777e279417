import { type BankProfile, profilePath, readBankProfile } from '@ramz/bank-profile';
import type { VaultLink } from './boundary/vault-link.ts';
import type { DaemonConfig } from './config/daemon-config.ts';
import { DAEMON_VERSION } from './config/daemon-version.ts';
import { onFreePort } from './free-port.ts';
import { granted } from './front/errors/front-errors.ts';
import type { FrontOptions } from './front/front-options.ts';
import { HealthBoard } from './front/health/health-board.ts';
import { tellState } from './front/health/tell-state.ts';
import { watchVault } from './front/health/watch-vault.ts';
import { startFront } from './front/start-front.ts';
import type { Logger } from './front/telemetry/logger.ts';
import { Metrics } from './front/telemetry/metrics.ts';
import { serveMetrics } from './front/telemetry/serve-metrics.ts';
import { blocking, makeTestAuthority, openPki, reloadPki } from './open-pki.ts';
import { makePrivate, reachVault } from './reach-vault.ts';
import { explainBind } from './start-errors.ts';

/** Limit on waiting for callers that keep their connections open during a stop. */
const STOP_PATIENCE_MS = 10_000;

/** Limit on waiting for the vault during a stop: longer than any batch takes. */
const VAULT_PATIENCE_MS = 5_000;
/** Time to send the final responses after the vault has exited. */
const LAST_WORDS_MS = 500;
/** Limit on waiting for the trace collector, which may be unavailable. */
const LAST_SPANS_MS = 1_000;

export interface RunningDaemon {
  readonly port: number;
  /** Port of the metrics endpoint; undefined when it is not enabled. */
  readonly metricsPort: number | undefined;
  readonly vaultPid: number;
  /** Rereads certificates and revocation lists. A changed file has the same effect. */
  reload(): Promise<void>;
  /** Rejects new calls, answers accepted ones, then stops the vault. */
  stop(): Promise<void>;
  /** Settles when the vault has exited, with its error message if it reported one. */
  readonly vaultEnded: Promise<string | undefined>;
}

/**
 * Starts the vault, then the front. Tests pass another module as `vaultEntry`.
 * @throws ConfigError, NotNow
 */
export async function startDaemon(config: DaemonConfig, logger: Logger, vaultEntry?: string): Promise<RunningDaemon> {
  const { dataDir, realm, host } = config;
  makePrivate(dataDir);
  const profile = readBankProfile(profilePath(config.profile));
  if (realm === 'test') await makeTestAuthority(dataDir);
  const pki = await openPki(config, logger);
  const vault = await reachVault(config, vaultEntry);
  const health = new HealthBoard();
  const stopping = new AbortController();
  const { link } = vault;
  const telemetry = { health, logger, ...(await startTelemetry(config, profile, link, logger)) };
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
    // No effect on a vault that stopped in order; ends one that no longer responds.
    vault.kill();
    await vault.ended;
  };
  // Waiting callers get UNAVAILABLE before their connections close.
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

/** Creates the metrics, and the tracer if a collector is configured. */
async function startTelemetry(
  { traceUrl, traceRatio }: DaemonConfig,
  profile: BankProfile,
  link: VaultLink,
  logger: Logger,
): Promise<Pick<FrontOptions, 'metrics' | 'tracer'>> {
  const metrics = new Metrics(DAEMON_VERSION, profile);
  link.onAnswered = (command, seconds) => metrics.vaultAnswered(command, seconds);
  if (traceUrl === undefined) return { metrics, tracer: undefined };
  // OpenTelemetry is a seventh of all modules of a daemon: it is loaded by those that trace.
  const [{ CallTracer }, { exportTo }] = await Promise.all([
    import('./front/telemetry/call-tracer.ts'),
    import('./front/telemetry/span-exporter.ts'),
  ]);
  const tracer = new CallTracer(exportTo(traceUrl, logger), traceRatio, DAEMON_VERSION);
  link.onSend = (command) => tracer.beginVault(command);
  return { metrics, tracer };
}

/** Starts the metrics endpoint only if it is configured: a closed port cannot be attacked. */
async function startMetrics({ metricsHost, metricsPort }: DaemonConfig, metrics: Metrics, link: VaultLink) {
  return metricsPort === undefined ? undefined : serveMetrics(metricsHost, metricsPort, metrics, link);
}

/** @param wantedPort 0 for any free port */
async function openFront(options: Omit<FrontOptions, 'port'>, wantedPort: number) {
  const open = (port: number) => startFront({ ...options, port });
  if (wantedPort !== 0) return { port: wantedPort, front: await open(wantedPort) };
  const { port, started: front } = await onFreePort(options.host, open);
  return { port, front };
}

function patience(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms).unref();
  });
}
