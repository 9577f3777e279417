import type { LockLimit } from '@ramz/bank-profile';
import type { Draft } from '../batch/batch.ts';

/** Callers that are remembered: a bank has some dozens. */
const CALLERS_MAX = 1_024;

/**
 * Counts the locks that each caller made in the last interval. A stolen certificate could lock
 * every card, with five wrong codes each. Over the limit, tries of this caller that could lock must
 * wait, whether their codes are right or wrong, so that waiting reveals nothing about a code. Kept
 * in memory: empty after each start, and separate in each daemon.
 */
export class LockBudget {
  readonly #limit: LockLimit;
  readonly #madeAtMs = new Map<string, number[]>();
  readonly #alarmedAtMs = new Map<string, number>();

  constructor(limit: LockLimit) {
    this.#limit = limit;
  }

  /**
   * Returns how many cards the caller may still lock.
   * @param more locks of a batch that is not durable yet
   */
  left(caller: string, more: number, monotonicMs: number): number {
    return this.#limit.per_caller_max - this.#recent(caller, monotonicMs).length - more;
  }

  /** Records the locks of a batch and the callers that it raised an alarm about. */
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

  /** Returns whether the alarm of this interval is already in the log. */
  hasAlarmed(caller: string, monotonicMs: number): boolean {
    const lastMs = this.#alarmedAtMs.get(caller) ?? Number.NEGATIVE_INFINITY;
    return monotonicMs - lastMs < this.#limit.interval_s * 1_000;
  }

  #recent(caller: string, monotonicMs: number): number[] {
    const sinceMs = monotonicMs - this.#limit.interval_s * 1_000;
    return (this.#madeAtMs.get(caller) ?? []).filter((atMs) => atMs > sinceMs);
  }
}
