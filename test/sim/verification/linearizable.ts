// Whether answers that overlap in time could have been given one after the other (Herlihy and Wing; the search is that
// of Wing and Gong, for one subject at a time: subjects do not see each other).
import type { Purpose, VerdictReason } from '../../../libs/audit-log/src/entries/words.ts';
import { type CodeOf, type Limits, type Subject, tryCode } from './model.ts';

/** One request, with all its repetitions: from when it was first sent to when it was last answered. */
export interface Operation {
  readonly purpose: Purpose;
  readonly code: CodeOf;
  readonly sent: number;
  readonly answered: number;
  /** Undefined when nobody heard: it may have been done, at any time since, or not. */
  readonly reason: VerdictReason | undefined;
}

/** Orders that are looked at before the search gives up: no round of this simulation needs nearly as many. */
const STATES_MAX = 200_000;

/** All states that the operations may have led to; none when no order explains the answers. */
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
    // What nobody heard of may never have been done.
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
