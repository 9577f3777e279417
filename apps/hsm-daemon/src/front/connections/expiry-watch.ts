import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Expiring } from './pki-files.ts';

const DAY_MS = 24 * 3600 * 1000;
/**
 * Days before expiry on which a line is logged. A revocation list lives a week or a month, and is
 * renewed in time.
 */
const DAYS_BEFORE = [1, 7, 30];
const LIST_DAYS_BEFORE = [1];
/** Certificates to watch: a bank has some dozens of callers. */
const WATCHED_MAX = 1_024;

/** Warns in time that a certificate or a revocation list expires, in the log and in the metrics. */
export class ExpiryWatch {
  readonly #logger: Logger;
  readonly #metrics: Pick<Metrics, 'certificateExpires' | 'certificateGone'>;
  #ofFiles: readonly string[] = [];
  readonly #nowMs: () => number;
  readonly #watched = new Map<string, number>();
  /** The fewest days for which a line was logged. */
  readonly #told = new Map<string, number>();

  constructor(logger: Logger, metrics: Pick<Metrics, 'certificateExpires' | 'certificateGone'>, nowMs: () => number) {
    this.#logger = logger;
    this.#metrics = metrics;
    this.#nowMs = nowMs;
  }

  /** Updates what the files contain. What is in none of them any more is forgotten. */
  watchFiles(files: readonly Expiring[]): void {
    const names = files.map(({ name }) => name);
    for (const name of this.#ofFiles.filter((one) => !names.includes(one))) {
      this.#watched.delete(name);
      this.#told.delete(name);
      this.#metrics.certificateGone(name);
    }
    this.#ofFiles = names;
    for (const one of files) this.watch(one);
  }

  watch({ name, notAfterMs }: Expiring): void {
    if (this.#watched.get(name) === notAfterMs) return;
    if (!this.#watched.has(name) && this.#watched.size >= WATCHED_MAX) return;
    this.#watched.set(name, notAfterMs);
    this.#told.delete(name);
    this.#metrics.certificateExpires(name, notAfterMs);
    this.#look(name, notAfterMs);
  }

  lookAtAll(): void {
    for (const [name, notAfterMs] of this.#watched) this.#look(name, notAfterMs);
  }

  #look(name: string, notAfterMs: number): void {
    const daysLeft = (notAfterMs - this.#nowMs()) / DAY_MS;
    const daysBefore = name.endsWith('.crl') ? LIST_DAYS_BEFORE : DAYS_BEFORE;
    const due = daysLeft <= 0 ? 0 : daysBefore.find((days) => daysLeft <= days);
    if (due === undefined || due >= (this.#told.get(name) ?? Number.POSITIVE_INFINITY)) return;
    this.#told.set(name, due);
    const expires = new Date(notAfterMs).toISOString();
    if (due === 0) this.#logger.error({ name, expires }, `${name} has expired: renew it`);
    else
      this.#logger.warn({ name, expires }, `${name} expires in less than ${due} day${due === 1 ? '' : 's'}: renew it`);
  }
}
