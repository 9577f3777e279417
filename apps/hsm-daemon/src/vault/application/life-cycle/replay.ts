// After a restore (D-23): what a checked export says was taken away meanwhile is taken away again.
import { decodeEntry, type Entry, type LifeCycleEntry } from '@ramz/audit-log';
import type { EndReplayCommand, ReplayEntriesCommand, ReplayedReply } from '../../../boundary/life-cycle-commands.ts';
import { type Loss, lossesIn } from '../../domain/life-cycle/losses.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';

/** Whether the core still has to say that all its subjects are sent again. */
export function isReplayPending(keys: StoredKeys | undefined): boolean {
  return keys !== undefined && (keys.replayed_epoch ?? keys.epoch) < keys.epoch;
}

/** @throws Fault when no replay is pending, or for bytes that are no entry */
export function replayEntries(
  { caller, entries }: ReplayEntriesCommand,
  draft: Draft,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): ReplayedReply {
  if (!isReplayPending(ledger.keys)) throw new Fault('wrong-state', 'no replay is pending: the store was not restored');
  const losses = lossesIn(entries.map(readOne));
  for (const loss of losses) draft.record(entryOf(loss, caller, draft));
  return { kind: 'replayed', subjects: new Set(losses.map(({ subject }) => subject)).size };
}

/** Returns the subjects whose rows a replay reads; none for bytes that are no entry. */
export function subjectsIn({ entries }: ReplayEntriesCommand): string[] {
  try {
    return lossesIn(entries.map(readOne)).map(({ subject }) => subject);
  } catch {
    return [];
  }
}

/** @throws Fault when no replay is pending */
export function endReplay({ caller }: EndReplayCommand, draft: Draft, { ledger }: Pick<VaultPorts, 'ledger'>): void {
  const { keys } = ledger;
  if (keys === undefined || !isReplayPending(keys)) {
    throw new Fault('wrong-state', 'no replay is pending: the store was not restored');
  }
  draft.storeKeys({ ...keys, replayed_epoch: keys.epoch });
  draft.record({
    ...NO_FACTS,
    atMs: draft.nowMs,
    caller,
    act: 'replay-ended',
    subject: '',
    purposes: [],
    enrolments: [],
  });
}

const NO_FACTS = {
  kind: 'life-cycle',
  channel: '',
  outcome: 'done',
  number: '',
  reference: new Uint8Array(),
  permission: undefined,
  voidedSubjects: 0,
  voidedEnrolments: 0,
  requestKey: '',
  requestDigest: '',
} as const;

function entryOf({ act, subject, purposes, enrolments }: Loss, caller: string, draft: Draft): LifeCycleEntry {
  return { ...NO_FACTS, atMs: draft.nowMs, caller, act, subject, purposes, enrolments };
}

function readOne(bytes: Uint8Array): Entry {
  try {
    return decodeEntry(bytes);
  } catch {
    throw new Fault('malformed', 'the bytes are not an entry of the log');
  }
}
