import { subjectOf } from '../../crypto/keyed-digests.ts';
import { type LoadRequest, REQUESTS_KEPT_MS } from '../../store/ledger.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { TryNames } from './name-tries.ts';
import type { ReadCommand } from './read-commands.ts';

/**
 * Returns what the store must load before these commands run. `places` is computed when it is read:
 * an engine that has everything in memory never reads it.
 */
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
      // Also loads the subject's standings for the other purposes: their wrong tries count too
      // (D-2).
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
