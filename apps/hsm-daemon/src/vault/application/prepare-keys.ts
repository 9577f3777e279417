import { COMPARISONS_MAX } from '../../boundary/limits.ts';
import type { WantedKey } from '../crypto/seed-keys.ts';
import type { Standing } from '../domain/enrolment/standing.ts';
import { RowBroken } from '../store/row-broken.ts';
import { policyOf, type Tries, type Try } from './decide-tries.ts';
import type { Draft } from './draft.ts';
import { Fault } from './fault.ts';
import type { KeyHolder } from './key-holder.ts';
import type { OpenKeys } from './open-keys.ts';
import type { Planned } from './plan-command.ts';
import type { VaultPorts } from './ports.ts';
import { keysTried, tokensTriedMax } from './tried-tokens.ts';
import { Workload } from './workload.ts';

const TOO_MUCH = 'these codes would be compared with too many tokens: name each token, or send fewer codes in a call';

/**
 * The keys that the commands will be decided with, derived together. Gives back the commands; in the place of one that
 * would hold up the others for too long, why it is not decided. What can not be read of a standing its own command is told.
 */
export function prepareKeys(
  planned: readonly (Planned | Fault)[],
  draft: Draft,
  { open_keys: keys }: Pick<KeyHolder, 'open_keys'>,
  ports: VaultPorts,
): readonly (Planned | Fault)[] {
  if (keys === undefined) return planned;
  const workload = new Workload();
  const wanted: WantedKey[] = [];
  const admitted = planned.map((plan) => {
    if (plan instanceof Fault || plan.tries === undefined) return plan;
    const refused = refusedByWeight(plan.tries, workload, draft, ports);
    if (refused !== undefined) return refused;
    for (const tried of plan.tries.tries) wanted.push(...keysOf(tried, draft, keys, ports));
    return plan;
  });
  // One alone is derived when it is asked for.
  if (wanted.length > 1) keys.seeds.prepare(wanted);
  return admitted;
}

/** A call that asks too much is in the log: who sends many learns from it that a customer has many tokens. */
function refusedByWeight(call: Tries, workload: Workload, draft: Draft, ports: VaultPorts): Fault | undefined {
  const { caller, rpc, tries } = call;
  const comparisons = comparisonsOf(call, draft, ports);
  if (comparisons > COMPARISONS_MAX) {
    draft.record({ kind: 'refusal', at_ms: draft.now_ms, caller, rpc, reason: 'too much to compare' });
    return new Fault('too-much-to-compare', TOO_MUCH);
  }
  if (workload.takes(tries.length, comparisons)) return undefined;
  return new Fault('queue-full', 'too many calls are waiting for the vault');
}

function comparisonsOf({ tries, stepsTried }: Tries, draft: Draft, ports: VaultPorts): number {
  return tries.reduce((sum, tried) => {
    const standing = standingOf(tried, draft);
    return sum + tokensTriedMax(standing, tried) * stepsTried(policyOf(tried.purpose, ports), draft.now_ms);
  }, 0);
}

function keysOf(tried: Try, draft: Draft, keys: OpenKeys, ports: VaultPorts): WantedKey[] {
  const policy = policyOf(tried.purpose, ports);
  return keysTried(standingOf(tried, draft), tried, keys).map((of) => ({ of, policy }));
}

/** Undefined, too, for one that can not be read: its command is told when it is decided. */
function standingOf({ subject, purpose }: Try, draft: Draft): Standing | undefined {
  try {
    return draft.standing(subject, purpose);
  } catch (error) {
    if (error instanceof RowBroken) return undefined;
    throw error;
  }
}
