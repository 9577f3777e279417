import { COMPARISONS_MAX } from '../../../boundary/limits.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { tokensTriedMax } from './candidate-tokens.ts';
import type { CommandPlan } from './plan-command.ts';
import { policyOf, type Tries } from './tries.ts';
import { Workload } from './workload.ts';

const TOO_MUCH = 'these codes would be compared with too many tokens: name each token, or send fewer codes in a call';

/** The commands of a group; in the place of one that would hold up the others for too long, why it is not decided (ADR 25). */
export function admitCalls(
  planned: readonly (CommandPlan | Fault)[],
  draft: Draft,
  ports: Pick<VaultPorts, 'profile'>,
): readonly (CommandPlan | Fault)[] {
  const workload = new Workload();
  return planned.map((plan) => {
    if (plan instanceof Fault || plan.tries === undefined) return plan;
    return refusedByWeight(plan.tries, workload, draft, ports) ?? plan;
  });
}

/** A call that asks too much is in the log: who sends many learns from it that a customer has many tokens. */
function refusedByWeight(
  call: Tries,
  workload: Workload,
  draft: Draft,
  ports: Pick<VaultPorts, 'profile'>,
): Fault | undefined {
  const { caller, rpc, tries } = call;
  const comparisons = comparisonsOf(call, draft, ports);
  if (comparisons > COMPARISONS_MAX) {
    draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc, reason: 'too much to compare' });
    return new Fault('too-much-to-compare', TOO_MUCH);
  }
  if (workload.takes(tries.length, comparisons)) return undefined;
  return new Fault('queue-full', 'too many calls are waiting for the vault');
}

function comparisonsOf({ tries, stepsTried }: Tries, draft: Draft, ports: Pick<VaultPorts, 'profile'>): number {
  return tries.reduce((sum, tried) => {
    const standing = draft.readableStanding(tried.subject, tried.purpose);
    return sum + tokensTriedMax(standing, tried) * stepsTried(policyOf(tried.purpose, ports), draft.nowMs);
  }, 0);
}
