// Metrics for a bank's monitoring, in the Prometheus text format. No label contains a card number,
// code, customer name or key: labels are words of the profile and the contract.

import { CHANNELS, type Channel, PURPOSES, type Purpose, VERDICT_REASONS, type VerdictReason } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import { DAEMON_STATES } from '@ramz/custody';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AttemptResult, Command } from '../../boundary/commands.ts';
import type { StatusReply } from '../../boundary/status-reply.ts';

export const REFUSED_HANDSHAKES = [
  'too-many',
  'timeout',
  'no-certificate',
  'certificate',
  'protocol',
  'silent',
] as const;
/**
 * Why a connection failed. `certificate`: it is not trusted, or the caller left during the
 * handshake.
 */
export type RefusedHandshake = (typeof REFUSED_HANDSHAKES)[number];

/** In seconds: from a batch on an idle machine to longer than a caller waits. */
const LATENCY_BUCKETS_S = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export class Metrics {
  readonly #registry = new Registry();
  readonly #verdicts: Counter<'channel' | 'purpose' | 'reason'>;
  /** Verdicts since the last export, by channel, purpose and reason; the reason varies fastest. */
  readonly #counted = new Float64Array(CHANNELS.length * PURPOSES.length * VERDICT_REASONS.length);
  // Caches the histograms of these labels: finding one costs more than counting.
  readonly #observed = new Map<Command['kind'], { observe(seconds: number): void }>();
  readonly #repeated: Counter<'channel'>;
  readonly #refusals: Counter<'code' | 'reason'>;
  readonly #vault: Histogram<'command'>;
  readonly #alarms: Counter<'per' | 'action'>;
  readonly #state: Gauge<'state'>;
  readonly #store: Gauge;
  readonly #logSize: Gauge;
  readonly #enrolments: Gauge;
  readonly #handshakes: Counter<'reason'>;
  readonly #expires: Gauge<'name'>;
  readonly #free: Gauge;

  constructor(version: string, profile: Pick<BankProfile, 'purposes' | 'budgets'>) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({ name: 'ramz_build_info', help: 'Always 1; the version is a label', labelNames: ['version'], registers })
      .labels(version)
      .set(1);
    this.#verdicts = new Counter({
      name: 'ramz_verdicts_total',
      help: 'Verdicts on codes, by their exact reason',
      labelNames: ['channel', 'purpose', 'reason'],
      registers,
    });
    this.#repeated = new Counter({
      name: 'ramz_repeated_verdicts_total',
      help: 'Verdicts that were given again under their request id',
      labelNames: ['channel'],
      registers,
    });
    this.#refusals = new Counter({
      name: 'ramz_refused_calls_total',
      help: 'Calls that were refused and not decided on',
      labelNames: ['code', 'reason'],
      registers,
    });
    this.#vault = new Histogram({
      name: 'ramz_vault_seconds',
      help: 'From the front to the vault and back, the wait for a batch included',
      labelNames: ['command'],
      buckets: LATENCY_BUCKETS_S,
      registers,
    });
    this.#alarms = new Counter({
      name: 'ramz_budget_alarms_total',
      help: 'Budgets of failures that were spent',
      labelNames: ['per', 'action'],
      registers,
    });
    this.#state = new Gauge({ name: 'ramz_state', help: '1 for the state it is in', labelNames: ['state'], registers });
    this.#store = new Gauge({ name: 'ramz_store_answers', help: '1 while the store can be reached', registers });
    this.#logSize = new Gauge({ name: 'ramz_log_entries', help: 'Entries in the audit log', registers });
    this.#enrolments = new Gauge({ name: 'ramz_active_enrolments', help: 'Enrolments that are active', registers });
    this.#handshakes = new Counter({
      name: 'ramz_refused_handshakes_total',
      help: 'Connections that failed, by reason',
      labelNames: ['reason'],
      registers,
    });
    this.#expires = new Gauge({
      name: 'ramz_certificate_expires_seconds',
      help: "When a certificate or revocation list expires, as Unix time: the server's, the authorities', the callers'",
      labelNames: ['name'],
      registers,
    });
    this.#free = new Gauge({ name: 'ramz_store_free_bytes', help: "Free on the embedded store's volume", registers });
    this.#beginAtZero(profile);
  }

  /**
   * Starts counters at zero. Monitoring sees no rise in a counter that appears with its first
   * event, so an alarm would miss that event.
   */
  #beginAtZero({ purposes, budgets }: Pick<BankProfile, 'purposes' | 'budgets'>): void {
    for (const [purpose, { channels }] of Object.entries(purposes)) {
      for (const channel of channels)
        for (const reason of VERDICT_REASONS) this.#verdicts.inc({ channel, purpose, reason }, 0);
    }
    for (const channel of CHANNELS) this.#repeated.inc({ channel }, 0);
    for (const { per, action } of budgets) this.#alarms.inc({ per, action }, 0);
    for (const reason of REFUSED_HANDSHAKES) this.#handshakes.inc({ reason }, 0);
    for (const reason of ['QUEUE_FULL', 'TOO_MANY_CALLS', 'LOCKS_SPENT', 'BUDGET_SPENT', 'TOO_MANY_WATCHERS'])
      this.#refusals.inc({ code: 'RESOURCE_EXHAUSTED', reason }, 0);
    for (const reason of ['CERTIFICATE_EXPIRED', 'CERTIFICATE_REVOKED'])
      this.#refusals.inc({ code: 'UNAUTHENTICATED', reason }, 0);
    this.#refusals.inc({ code: 'PERMISSION_DENIED', reason: 'CALLER_BLOCKED' }, 0);
    this.#refusals.inc({ code: 'UNAVAILABLE', reason: 'STORE_UNAVAILABLE' }, 0);
    this.#refusals.inc({ code: 'INTERNAL', reason: 'INTERNAL' }, 0);
  }

  /** Counts a verdict. One that was given before is counted separately: it is no try. */
  verdict(channel: Channel, purpose: Purpose, { reason, isRepeated }: AttemptResult): void {
    if (isRepeated) return this.#repeated.inc({ channel });
    const ofPurpose = CHANNELS.indexOf(channel) * PURPOSES.length + PURPOSES.indexOf(purpose);
    const at = ofPurpose * VERDICT_REASONS.length + VERDICT_REASONS.indexOf(reason);
    this.#counted[at] = (this.#counted[at] as number) + 1;
  }

  #tellVerdicts(): void {
    for (const [at, count] of this.#counted.entries()) {
      if (count === 0) continue;
      const ofPurpose = Math.floor(at / VERDICT_REASONS.length);
      const channel = CHANNELS[Math.floor(ofPurpose / PURPOSES.length)] as Channel;
      const purpose = PURPOSES[ofPurpose % PURPOSES.length] as Purpose;
      const reason = VERDICT_REASONS[at % VERDICT_REASONS.length] as VerdictReason;
      this.#verdicts.inc({ channel, purpose, reason }, count);
    }
    this.#counted.fill(0);
  }

  refused(code: string, reason: string): void {
    this.#refusals.inc({ code, reason });
  }

  vaultAnswered(command: Command['kind'], seconds: number): void {
    const found = this.#observed.get(command) ?? this.#vault.labels(command);
    this.#observed.set(command, found);
    found.observe(seconds);
  }

  alarm(per: string, action: string): void {
    this.#alarms.inc({ per, action });
  }

  handshakeRefused(reason: RefusedHandshake): void {
    this.#handshakes.inc({ reason });
  }

  certificateExpires(name: string, atMs: number): void {
    this.#expires.labels(name).set(atMs / 1_000);
  }

  certificateGone(name: string): void {
    this.#expires.remove(name);
  }

  /** Returns everything as text; `status` is undefined when the vault does not answer. */
  async text(status: StatusReply | undefined): Promise<string> {
    this.#tellVerdicts();
    for (const state of DAEMON_STATES) this.#state.labels(state).set(Number(state === status?.state));
    this.#store.set(status === undefined ? Number.NaN : Number(status.storeAnswers));
    this.#logSize.set(status?.logSize ?? Number.NaN);
    this.#enrolments.set(status?.storeAnswers ? status.activeEnrolments : Number.NaN);
    this.#free.set(status?.freeBytes ?? Number.NaN);
    return this.#registry.metrics();
  }
}
