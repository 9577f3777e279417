import type { VerdictEntry } from '@ramz/audit-log';
import type { SensitiveCommand } from '@ramz/custody';
import { purposesTouched } from '../../domain/enrolment/fold-entry.ts';
import type { Ledger, StandingPlace } from '../../store/ledger.ts';
import { NO_REQUESTS } from '../../store/request-names.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';

/**
 * Locks that one run reads: some 50 ms, on a database more. Repeating the command lifts the rest.
 */
const LOOKED_AT_MAX = 1_000;

/**
 * Tolerance for entries out of order. A clock that was set back further, and accepted, leaves more
 * of them: then name an earlier time.
 */
const SET_BACK_MS_MAX = 86_400_000;

/** A lock as recorded in the log. */
interface Lock {
  readonly logIndex: number;
  readonly entry: VerdictEntry;
}

/**
 * Lifts the locks that a blocked caller made since a time, as many as one run allows, where nothing
 * came after them: a token that was enrolled anew, or locked by another caller, stays as it is.
 * Reads only this daemon's own log.
 */
export async function liftLocks(
  { caller, since_ms: sinceMs }: Extract<SensitiveCommand, { name: 'lift-locks' }>,
  draft: Draft,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): Promise<void> {
  const { locks, isAll } = await locksOf(caller, sinceMs, ledger);
  const wanted = locks.flatMap(({ logIndex, entry }) =>
    purposesTouched(entry).map((purpose) => ({ subject: entry.subject, purpose, logIndex })),
  );
  await ledger.load({ places: wanted, names: NO_REQUESTS, requestsSinceMs: 0 });
  let lifted = 0;
  for (const { subject, purpose, logIndex } of wanted) {
    if (!isLockedBy(draft.place(subject, purpose), logIndex)) continue;
    draft.record({ kind: 'lifted', atMs: draft.nowMs, subject, purpose });
    lifted += 1;
  }
  const more = isAll ? 'none is left' : 'there are more: repeat it';
  const since = new Date(sinceMs).toISOString();
  draft.recordAct({ act: 'locks-lifted', detail: `${lifted} locks of ${caller} since ${since}; ${more}` });
}

/**
 * Returns whether this entry made the lock. Only the end of a lock changes a locked standing, so
 * its last entry is the one that locked it. A standing that cannot be read is left as it is and
 * keeps no other from being lifted; a call with its codes reports the error.
 */
function isLockedBy({ standing }: StandingPlace, logIndex: number): boolean {
  return standing?.status === 'locked' && standing.through === logIndex;
}

/** Returns the oldest locks that still hold, so that each run makes progress. */
async function locksOf(caller: string, sinceMs: number, ledger: Ledger) {
  const locks: Lock[] = [];
  for (let first = await firstSince(sinceMs - SET_BACK_MS_MAX, ledger); locks.length < LOOKED_AT_MAX; ) {
    const events = await ledger.events(first, LOOKED_AT_MAX, ['locked', 'card-locked']);
    for (const { logIndex } of events) {
      const entry = await ledger.entry(logIndex);
      if (entry.kind === 'verdict' && entry.caller === caller && entry.atMs >= sinceMs) locks.push({ logIndex, entry });
    }
    const last = events.at(-1);
    if (last === undefined || events.length < LOOKED_AT_MAX)
      return { locks: await stillLocked(locks, ledger), isAll: true };
    first = last.logIndex + 1;
    const open = await stillLocked(locks, ledger);
    locks.splice(0, locks.length, ...open);
  }
  return { locks, isAll: false };
}

async function stillLocked(locks: readonly Lock[], ledger: Ledger): Promise<Lock[]> {
  const places = locks.flatMap(({ entry }) =>
    purposesTouched(entry).map((purpose) => ({ subject: entry.subject, purpose })),
  );
  await ledger.load({ places, names: NO_REQUESTS, requestsSinceMs: 0 });
  return locks.filter(({ logIndex, entry }) =>
    purposesTouched(entry).some((purpose) => isLockedBy(ledger.place(entry.subject, purpose), logIndex)),
  );
}

/**
 * Returns the index of the first entry at or after a time. Time goes back only where people
 * accepted a clock that was set back.
 */
async function firstSince(sinceMs: number, ledger: Ledger): Promise<number> {
  let [low, high] = [0, ledger.logSize];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await ledger.entry(middle)).atMs < sinceMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
