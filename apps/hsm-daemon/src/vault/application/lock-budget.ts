import type { LockLimit } from '../../config/lock-limit.ts';
import type { Draft } from './draft.ts';

/** Callers that are remembered: a bank has some dozens. */
const CALLERS_MAX = 1_024;

/**
 * How many locks each caller has made in the last interval. A certificate that was stolen can lock every card there is, with
 * five wrong codes each: over the limit tries of this caller that could lock wait, whether their codes are right or wrong, so
 * that waiting tells nothing of a code. In memory: it begins anew with each start, and each daemon has its own.
 */
export class LockBudget {
  readonly #limit: LockLimit;
  readonly #made_at_ms = new Map<string, number[]>();
  readonly #alarmed_at_ms = new Map<string, number>();

  constructor(limit: LockLimit) {
    this.#limit = limit;
  }

  /** How many cards it may still lock. @param more locks of a batch that is not durable yet */
  left(caller: string, more: number, monotonic_ms: number): number {
    return this.#limit.per_caller_max - this.#recent(caller, monotonic_ms).length - more;
  }

  /** What a batch did, and whom it raised an alarm about. */
  noteBatch({ locks, alarmed }: Pick<Draft, 'locks' | 'alarmed'>, monotonic_ms: number): void {
    for (const [caller, count] of locks) this.note(caller, count, monotonic_ms);
    for (const caller of alarmed) this.#alarmed_at_ms.set(caller, monotonic_ms);
  }

  note(caller: string, count: number, monotonic_ms: number): void {
    const recent = this.#recent(caller, monotonic_ms);
    this.#made_at_ms.delete(caller);
    this.#made_at_ms.set(caller, [...recent, ...Array.from({ length: count }, () => monotonic_ms)]);
    if (this.#made_at_ms.size > CALLERS_MAX) this.#made_at_ms.delete(this.#made_at_ms.keys().next().value ?? '');
  }

  /** Whether the alarm of this interval is in the log. */
  hasAlarmed(caller: string, monotonic_ms: number): boolean {
    const last_ms = this.#alarmed_at_ms.get(caller) ?? Number.NEGATIVE_INFINITY;
    return monotonic_ms - last_ms < this.#limit.interval_s * 1_000;
  }

  #recent(caller: string, monotonic_ms: number): number[] {
    const since_ms = monotonic_ms - this.#limit.interval_s * 1_000;
    return (this.#made_at_ms.get(caller) ?? []).filter((at_ms) => at_ms > since_ms);
  }
}
