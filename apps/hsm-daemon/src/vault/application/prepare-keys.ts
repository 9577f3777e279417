import { keysTried } from './candidate-tokens.ts';
import { policyOf } from './decide-tries.ts';
import type { Draft } from './draft.ts';
import type { Fault } from './fault.ts';
import type { KeyHolder } from './key-holder.ts';
import { type CommandPlan, requestsOf } from './plan-command.ts';
import type { VaultPorts } from './ports.ts';

/** The keys that the commands will be decided with, derived together. */
export function prepareKeys(
  planned: readonly (CommandPlan | Fault)[],
  draft: Draft,
  { openKeys: keys }: Pick<KeyHolder, 'openKeys'>,
  ports: VaultPorts,
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
