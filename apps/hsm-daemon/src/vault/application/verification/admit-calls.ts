import { COMPARISONS_MAX } from '../../../boundary/limits.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { Call, Try } from './call.ts';
import type { PlacedCommand } from './name-tries.ts';
import { Workload } from './workload.ts';

const TOO_MUCH = 'these codes would be compared with too many tokens: name each token, or send fewer codes in a call';

/**
 * Returns the commands of a group, with a fault in place of each one that would delay the others
 * too long (ADR 25).
 */
export function admitCalls(placed: readonly (PlacedCommand | Fault)[], draft: Draft): (PlacedCommand | Fault)[] {
  const workload = new Workload();
  return placed.map((one) => {
    if (one instanceof Fault || one.call === undefined) return one;
    return refusedByWeight(one.call, workload, draft) ?? one;
  });
}

/**
 * Returns why a call is too heavy, or undefined. A call that compares too much is logged: its
 * caller can learn from the refusal that a customer has many tokens.
 */
function refusedByWeight(call: Call, workload: Workload, draft: Draft): Fault | undefined {
  const { caller, rpc, tries } = call;
  const comparisons = comparisonsOf(call, draft.nowMs);
  if (comparisons > COMPARISONS_MAX) {
    draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc, reason: 'too much to compare' });
    return new Fault('too-much-to-compare', TOO_MUCH);
  }
  if (workload.takes(tries.length, comparisons)) return undefined;
  return new Fault('queue-full', 'too many calls are waiting for the vault');
}

function comparisonsOf({ tries, stepsTried }: Call, nowMs: number): number {
  return tries.reduce((sum, tried) => sum + tokensTriedMax(tried) * stepsTried(tried.rules.purpose, nowMs), 0);
}

/** Returns an upper bound: it also counts tokens whose keys may not be used, and a decoy. */
function tokensTriedMax({ place, tokenSerial }: Try): number {
  return tokenSerial === '' ? Math.max(1, place.standing?.enrolments.length ?? 0) : 1;
}
