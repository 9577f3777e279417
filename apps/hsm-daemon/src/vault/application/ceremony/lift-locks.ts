import type { VerdictEntry } from '@ramz/audit-log';
import type { SensitiveCommand } from '@ramz/custody';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { purposesTouched } from '../../domain/enrolment/fold-entry.ts';
import type { Ledger, StandingPlace, StoredKeys } from '../../store/ledger.ts';
import { NO_REQUESTS } from '../../store/request-names.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';

/** Locks that are looked at in one run: some 50 ms, on a database more. More are lifted by repeating the command. */
const LOOKED_AT_MAX = 1_000;

/** A clock that was set back further, and accepted, leaves entries out of their order: then name an earlier time. */
const SET_BACK_MS_MAX = 86_400_000;

/** A lock as the log tells it: of whom, and where. */
interface Lock {
  readonly logIndex: number;
  readonly entry: VerdictEntry;
}

/**
 * Takes back the locks that a blocked caller made since a time, as far as one run goes, and as long as nothing came after
 * them: a token that was enrolled anew, or locked by somebody else, stays as it is. Only the locks in this daemon's own log.
 * @throws StatementRefused
 */
export async function liftLocks(
  { caller, since_ms: sinceMs }: Extract<SensitiveCommand, { name: 'lift-locks' }>,
  stored: StoredKeys,
  draft: Draft,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): Promise<void> {
  if (!stored.blocked_callers.includes(caller))
    throw new StatementRefused(`${caller} is not blocked: block it first, or it locks them again`);
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
 * A locked standing is changed by nothing but what ends the lock: the last entry that it holds is the one that locked it. One
 * that cannot be read is left as it is, and keeps no other from being lifted: a call with its codes is told.
 */
function isLockedBy({ standing }: StandingPlace, logIndex: number): boolean {
  return standing?.status === 'locked' && standing.through === logIndex;
}

/** The oldest that are still locked, so that each run gets on. */
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

/** Time goes back only where people accepted a clock that was set back. */
async function firstSince(sinceMs: number, ledger: Ledger): Promise<number> {
  let [low, high] = [0, ledger.logSize];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await ledger.entry(middle)).atMs < sinceMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
