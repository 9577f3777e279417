import type { Draft } from '../batch/batch.ts';
import type { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import { keysTried } from './candidate-tokens.ts';
import { type CommandPlan, requestsOf } from './plan-command.ts';
import { policyOf } from './tries.ts';

/** The keys that the commands will be decided with, derived together. */
export function prepareKeys(
  planned: readonly (CommandPlan | Fault)[],
  draft: Draft,
  { openKeys: keys }: Pick<KeyHolder, 'openKeys'>,
  ports: Pick<VaultPorts, 'profile'>,
): void {
  if (keys === undefined) return;
  const tries = planned.flatMap(requestsOf);
  // One alone is derived when it is asked for.
  if (tries.length < 2) return;
  const wanted = tries.flatMap((tried) => {
    const policy = policyOf(tried.purpose, ports);
    return keysTried(draft.readableStanding(tried.subject, tried.purpose), tried, keys).map((of) => ({ of, policy }));
  });
  keys.seeds.prepare(wanted);
}
