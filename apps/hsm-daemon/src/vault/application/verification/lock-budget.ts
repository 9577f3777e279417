import type { LockLimit } from '@ramz/bank-profile';
import type { Draft } from '../batch/batch.ts';

/** Callers that are remembered: a bank has some dozens. */
const CALLERS_MAX = 1_024;

/**
 * How many locks each caller has made in the last interval. A certificate that was stolen can lock every card there is, with
 * five wrong codes each: over the limit tries of this caller that could lock wait, whether their codes are right or wrong, so
 * that waiting tells nothing of a code. In memory: it begins anew with each start, and each daemon has its own.
 */
export class LockBudget {
  readonly #limit: LockLimit;
  readonly #madeAtMs = new Map<string, number[]>();
  readonly #alarmedAtMs = new Map<string, number>();

  constructor(limit: LockLimit) {
    this.#limit = limit;
  }

  /** How many cards it may still lock. @param more locks of a batch that is not durable yet */
  left(caller: string, more: number, monotonicMs: number): number {
    return this.#limit.per_caller_max - this.#recent(caller, monotonicMs).length - more;
  }

  /** What a batch did, and whom it raised an alarm about. */
  noteBatch({ locks, alarmed }: Pick<Draft, 'locks' | 'alarmed'>, monotonicMs: number): void {
    for (const [caller, count] of locks) this.note(caller, count, monotonicMs);
    for (const caller of alarmed) this.#alarmedAtMs.set(caller, monotonicMs);
  }

  note(caller: string, count: number, monotonicMs: number): void {
    const recent = this.#recent(caller, monotonicMs);
    this.#madeAtMs.delete(caller);
    this.#madeAtMs.set(caller, [...recent, ...Array.from({ length: count }, () => monotonicMs)]);
    if (this.#madeAtMs.size > CALLERS_MAX) this.#madeAtMs.delete(this.#madeAtMs.keys().next().value ?? '');
  }

  /** Whether the alarm of this interval is in the log. */
  hasAlarmed(caller: string, monotonicMs: number): boolean {
    const lastMs = this.#alarmedAtMs.get(caller) ?? Number.NEGATIVE_INFINITY;
    return monotonicMs - lastMs < this.#limit.interval_s * 1_000;
  }

  #recent(caller: string, monotonicMs: number): number[] {
    const sinceMs = monotonicMs - this.#limit.interval_s * 1_000;
    return (this.#madeAtMs.get(caller) ?? []).filter((atMs) => atMs > sinceMs);
  }
}
