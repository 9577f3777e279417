// Makes entries of synthetic cards, and commits them to a ledger through the vault's own Batch.

import { Batch } from '../../apps/hsm-daemon/src/vault/application/batch/batch.ts';
import { standingAt } from '../../apps/hsm-daemon/src/vault/application/batch/places.ts';
import { changesStanding, purposesTouched } from '../../apps/hsm-daemon/src/vault/domain/enrolment/fold-entry.ts';
import type { Standing } from '../../apps/hsm-daemon/src/vault/domain/enrolment/standing.ts';
import { purposesOf } from '../../apps/hsm-daemon/src/vault/domain/life-cycle/acts.ts';
import { changesFile } from '../../apps/hsm-daemon/src/vault/domain/register/fold-file.ts';
import type { FormerVerdict, Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { RequestNames } from '../../apps/hsm-daemon/src/vault/store/request-names.ts';
import type { EnrolledEntry, Entry, LifeCycleEntry, VerdictEntry } from '../../libs/audit-log/src/entries/entry.ts';
import { decodeEntry } from '../../libs/audit-log/src/entries/entry-codec.ts';
import { PURPOSES, type Purpose } from '../../libs/audit-log/src/entries/words.ts';

export const NOW_MS: number = Date.UTC(2026, 0, 1);

export function hexId(n: number): string {
  return n.toString(16).padStart(32, '0');
}

export function enrolled(n: number, change: Partial<EnrolledEntry> = {}): EnrolledEntry {
  return {
    kind: 'enrolled',
    atMs: NOW_MS,
    caller: 'office',
    subject: hexId(n),
    purpose: 'second-pin',
    enrolmentId: hexId(n + 1_000_000),
    voids: [],
    generation: 1,
    epoch: 1,
    tokenSerial: 'T',
    floor: 0,
    ...change,
  };
}

export function verdict(n: number, request: number, change: Partial<VerdictEntry> = {}): VerdictEntry {
  return {
    kind: 'verdict',
    atMs: NOW_MS,
    caller: 'bank',
    channel: 'pos',
    subject: hexId(n),
    purpose: 'second-pin',
    enrolmentId: hexId(n + 1_000_000),
    reason: 'wrong-code',
    step: 0,
    requestKey: requestKey(request),
    requestDigest: hexId(7),
    ...change,
  };
}

export function requestKey(request: number): string {
  return `${(request * 2_654_435_761 + 12_345).toString(16).padStart(16, '0')}${request.toString(16).padStart(16, '0')}`;
}

const NO_ANCHOR = { read: () => undefined, write: () => {}, close: () => {} };

/** Loads, records and commits entries as one batch of the vault. */
export async function commitAll(ledger: Ledger, entries: readonly Entry[], atMs: number = NOW_MS): Promise<void> {
  await loadFor(ledger, entries);
  await draftOf(ledger, entries, atMs).commit();
}

export async function loadFor(ledger: Ledger, entries: readonly Entry[]): Promise<void> {
  const places = entries.flatMap((entry) =>
    changesStanding(entry) ? purposesTouched(entry).map((purpose) => ({ subject: entry.subject, purpose })) : [],
  );
  await ledger.load({ places, names: namesIn(entries), requestsSinceMs: 0 });
  const subjects = entries.flatMap((entry) => (changesFile(entry) ? [entry.subject] : []));
  if (subjects.length > 0) await ledger.loadRegister({ subjects: [...new Set(subjects)], withNumbers: true });
}

export function draftOf(ledger: Ledger, entries: readonly Entry[], atMs: number = NOW_MS): Batch {
  const draft = new Batch({ ledger, anchor: NO_ANCHOR }, atMs, namesIn(entries));
  let request = 0;
  for (const entry of entries) {
    if (entry.kind === 'verdict') draft.recordVerdict(entry, draft.place(entry.subject, entry.purpose), request++);
    else {
      if (changesFile(entry)) draft.file(entry.subject);
      draft.record(entry);
    }
  }
  return draft;
}

/** An act on the n-th card that was done. */
export function acted(n: number, act: LifeCycleEntry['act'], change: Partial<LifeCycleEntry> = {}): LifeCycleEntry {
  return {
    kind: 'life-cycle',
    atMs: NOW_MS,
    caller: 'branch',
    channel: 'branch',
    act,
    outcome: 'done',
    subject: hexId(n),
    purposes: purposesOf(act, PURPOSES),
    number: '',
    enrolments: [],
    reference: new Uint8Array(),
    permission: undefined,
    voidedSubjects: 0,
    voidedEnrolments: 0,
    requestKey: hexId(n + 2_000_000),
    requestDigest: hexId(n + 3_000_000),
    ...change,
  };
}

/** Returns the request names of the verdicts among `entries`, in order. */
function namesIn(entries: readonly Entry[]): RequestNames {
  return RequestNames.of(entries.filter((entry) => entry.kind === 'verdict'));
}

export function namesOf(...requests: readonly number[]): RequestNames {
  return RequestNames.of(requests.map((request) => ({ requestKey: requestKey(request), requestDigest: hexId(7) })));
}

/**
 * Returns the standing that was loaded for the n-th card.
 * @throws RowBroken
 */
export function standingIn(
  ledger: Pick<Ledger, 'place'>,
  n: number,
  purpose: Purpose = 'second-pin',
): Standing | undefined {
  return standingAt(ledger.place(hexId(n), purpose));
}

export function formerIn(ledger: Pick<Ledger, 'formerVerdict'>, request: number): FormerVerdict | undefined {
  return ledger.formerVerdict(namesOf(request), 0);
}

export async function allEntries(ledger: Pick<Ledger, 'leaves' | 'logSize'>): Promise<Entry[]> {
  return (await ledger.leaves(0, ledger.logSize)).map(decodeEntry);
}
