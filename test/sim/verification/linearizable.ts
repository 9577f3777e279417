// Checks whether answers of overlapping operations are linearizable (Herlihy and Wing), by the
// search of Wing and Gong. Searches one subject at a time, since subjects are independent.
import type { Purpose, VerdictReason } from '../../../libs/audit-log/src/entries/words.ts';
import { type CodeOf, type Limits, type Subject, tryCode } from './model.ts';

/** A request with all its repetitions, from its first sending to its last answer. */
export interface Operation {
  readonly purpose: Purpose;
  readonly code: CodeOf;
  readonly sent: number;
  readonly answered: number;
  /** Undefined without an answer: it may have been done at any time since, or not at all. */
  readonly reason: VerdictReason | undefined;
}

/** States to visit before the search gives up. No round of this simulation needs nearly as many. */
const STATES_MAX = 200_000;

/**
 * Returns all states that the operations may have led to, or none if no order explains the answers.
 */
export function statesAfter(
  from: readonly Subject[],
  operations: readonly Operation[],
  nowMs: number,
  limits: Limits,
): Subject[] {
  const ends = new Map<string, Subject>();
  const seen = new Set<string>();
  const visit = (state: Subject, left: readonly Operation[]): void => {
    const key = `${left.map((one) => operations.indexOf(one)).join()} ${JSON.stringify(state)}`;
    if (seen.has(key)) return;
    if (seen.add(key).size > STATES_MAX) throw new Error('the search for an order is too long');
    // Operations without an answer may never have been done.
    if (left.every(({ reason }) => reason === undefined)) ends.set(JSON.stringify(state), state);
    const firstEnd = Math.min(...left.flatMap(({ reason, answered }) => (reason === undefined ? [] : [answered])));
    for (const next of left) {
      if (next.sent > firstEnd) continue;
      const { reason, after } = tryCode(state, next.purpose, next.code, nowMs, limits);
      if (next.reason === undefined || next.reason === reason)
        visit(
          after,
          left.filter((one) => one !== next),
        );
    }
  };
  for (const state of from) visit(state, operations);
  return [...ends.values()];
}
