import { COMPARISONS_MAX } from '../../../boundary/limits.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { Call, Try } from './call.ts';
import type { PlacedCommand } from './name-tries.ts';
import { Workload } from './workload.ts';

const TOO_MUCH = 'these codes would be compared with too many tokens: name each token, or send fewer codes in a call';

/** The commands of a group; in the place of one that would hold up the others for too long, why it is not decided (ADR 25). */
export function admitCalls(placed: readonly (PlacedCommand | Fault)[], draft: Draft): (PlacedCommand | Fault)[] {
  const workload = new Workload();
  return placed.map((one) => {
    if (one instanceof Fault || one.call === undefined) return one;
    return refusedByWeight(one.call, workload, draft) ?? one;
  });
}

/** A call that asks too much is in the log: who sends many learns from it that a customer has many tokens. */
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

/** So many at most: those whose keys may not be used are counted too, and a decoy. */
function tokensTriedMax({ place, tokenSerial }: Try): number {
  return tokenSerial === '' ? Math.max(1, place.standing?.enrolments.length ?? 0) : 1;
}
