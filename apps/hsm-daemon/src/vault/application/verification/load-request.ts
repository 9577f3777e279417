import { subjectOf } from '../../crypto/keyed-digests.ts';
import { type LoadRequest, REQUESTS_KEPT_MS } from '../../store/ledger.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { TryNames } from './name-tries.ts';
import type { ReadCommand } from './read-commands.ts';

/** What the store is asked for before these are run. Told when it asks: an engine that has everything does not. */
export function loadRequestOf(
  commands: readonly (ReadCommand | Fault)[],
  named: TryNames,
  nowMs: number,
  keys: OpenKeys,
  { profile }: Pick<VaultPorts, 'profile'>,
): LoadRequest {
  return {
    requestsSinceMs: nowMs - REQUESTS_KEPT_MS,
    names: named.requests,
    get places() {
      // Of a try also how its subject stands with the other purposes: their wrong tries count for it (D-2).
      const tried = named.subjects.flatMap((subject) => profile.purposeNames.map((purpose) => ({ subject, purpose })));
      return [...commands.flatMap((one) => enrolledAt(one, keys)), ...tried];
    },
  };
}

function enrolledAt(one: ReadCommand | Fault, { keyring }: OpenKeys): LoadRequest['places'] {
  if (one instanceof Fault || one.command.kind !== 'enrol') return [];
  const { subjectName, purpose } = one.command;
  return [{ subject: subjectOf(keyring.cardIndex, subjectName), purpose }];
}
