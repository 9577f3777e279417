import { PURPOSES } from '@ramz/audit-log';
import { isActivationAct } from '../../../boundary/activation-commands.ts';
import type { Command } from '../../../boundary/commands.ts';
import { isSubjectAct } from '../../../boundary/life-cycle-commands.ts';
import { decoySubjectOf, subjectOf } from '../../crypto/keyed-digests.ts';
import { type LoadRequest, REQUESTS_KEPT_MS, type RegisterRequest } from '../../store/ledger.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { subjectsIn } from '../life-cycle/replay.ts';
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
      return [...commands.flatMap((one) => placesOf(one, keys, profile)), ...tried];
    },
  };
}

/** Returns the places of a command without tries. */
function placesOf(one: ReadCommand | Fault, keys: OpenKeys, profile: VaultPorts['profile']): LoadRequest['places'] {
  if (one instanceof Fault) return [];
  if (!needsRegister(one.command)) return [];
  // What an export lost may be of a former profile.
  const ofBank = one.command.kind === 'replay-entries' ? PURPOSES : profile.purposeNames;
  const purposes = one.command.kind === 'enrol' ? [one.command.purpose] : ofBank;
  return subjectsOf(one.command, keys).flatMap((subject) => purposes.map((purpose) => ({ subject, purpose })));
}

/** Returns the subjects whose files these commands need; undefined when none does. */
export function registerRequestOf(
  commands: readonly (ReadCommand | Fault)[],
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'ledger'>,
): RegisterRequest | undefined {
  // Nearly always there is none, and then nothing is allocated.
  if (!commands.some((one) => !(one instanceof Fault) && needsRegister(one.command))) return undefined;
  const read = commands.flatMap((one) => (one instanceof Fault ? [] : [one.command]));
  const subjects = read.flatMap((command) => [...subjectsOf(command, keys), ...decoysOf(command, keys, ports)]);
  if (subjects.length === 0) return undefined;
  return { subjects: [...new Set(subjects)], withNumbers: read.some(({ kind }) => kind === 'put-subject') };
}

function needsRegister({ kind }: Command): boolean {
  if (kind === 'verify') return false;
  return ONE_SUBJECT.has(kind) || kind === 'replay-entries' || isSubjectAct({ kind }) || isActivationAct({ kind });
}

/** Commands about one subject that are no acts. */
const ONE_SUBJECT: ReadonlySet<Command['kind']> = new Set<Command['kind']>(['enrol', 'file', 'token-state']);

function subjectsOf(command: Command, { keyring: { cardIndex } }: OpenKeys): string[] {
  if (command.kind === 'replay-entries') return subjectsIn(command);
  if (!needsRegister(command) || !('subjectName' in command)) return [];
  return [subjectOf(cardIndex, command.subjectName)];
}

/** What a gateway asks writes the file of a decoy where the card has none. */
function decoysOf(command: Command, { keyring: { cardIndex } }: OpenKeys, { ledger }: Pick<VaultPorts, 'ledger'>) {
  if (!('channel' in command) || command.channel !== 'gateway') return [];
  return [decoySubjectOf(cardIndex, ledger.logId, command.requestId)];
}
