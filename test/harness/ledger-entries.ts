// Entries of made-up cards, and how a ledger is given them: through the vault's own Batch.

import { Batch } from '../../apps/hsm-daemon/src/vault/application/batch/batch.ts';
import { changesStanding } from '../../apps/hsm-daemon/src/vault/domain/enrolment/fold-entry.ts';
import type { Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import type { EnrolledEntry, Entry, VerdictEntry } from '../../libs/audit-log/src/entries/entry.ts';
import { decodeEntry } from '../../libs/audit-log/src/entries/entry-codec.ts';

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

/** As a batch of the vault: loaded, decided, committed. */
export async function commitAll(ledger: Ledger, entries: readonly Entry[], atMs: number = NOW_MS): Promise<void> {
  await loadFor(ledger, entries);
  await draftOf(ledger, entries, atMs).commit();
}

export async function loadFor(ledger: Ledger, entries: readonly Entry[]): Promise<void> {
  const places = entries.filter(changesStanding).map(({ subject, purpose }) => ({ subject, purpose }));
  const requestKeys = entries.flatMap((entry) => (entry.kind === 'verdict' ? [entry.requestKey] : []));
  await ledger.load({ places, requestKeys, requestsSinceMs: 0 });
}

export function draftOf(ledger: Ledger, entries: readonly Entry[], atMs: number = NOW_MS): Batch {
  const draft = new Batch({ ledger, anchor: NO_ANCHOR }, atMs);
  for (const entry of entries) draft.record(entry);
  return draft;
}

export async function allEntries(ledger: Pick<Ledger, 'leaves' | 'logSize'>): Promise<Entry[]> {
  return (await ledger.leaves(0, ledger.logSize)).map(decodeEntry);
}
