import {
  type EnrolledEntry,
  type LifeCycleEntry,
  type LiftedEntry,
  PURPOSES,
  type Purpose,
  type RestoredEntry,
  type SignedEntry,
  type SpentEntry,
  type Verdict,
} from '@ramz/audit-log';
import { WRONG_TRIES_KEPT } from '@ramz/bank-profile';
import { type Enrolment, OBSERVATIONS_KEPT, type Observation } from './enrolment.ts';
import { foldAct } from './fold-act.ts';
import type { Standing } from './standing.ts';

// Folds an entry of the audit log into the standings of its subject. This is the only way a state
// changes: live verdicts and the replay after a restart both pass through here, so the log alone
// determines every state.

/** Entries that change one subject's standings. */
export type StandingEntry = Verdict | EnrolledEntry | SpentEntry | LiftedEntry | SignedEntry | LifeCycleEntry;

export function changesStanding(entry: { readonly kind: string }): entry is StandingEntry {
  return STANDING_KINDS.some((kind) => kind === entry.kind);
}

const STANDING_KINDS: readonly StandingEntry['kind'][] = [
  'verdict',
  'enrolled',
  'spent',
  'lifted',
  'signed',
  'life-cycle',
];

/** Returns the purposes whose standings an entry may change. */
export function purposesTouched(entry: StandingEntry): readonly Purpose[] {
  if (entry.kind === 'life-cycle') return entry.purposes;
  return entry.kind === 'verdict' && entry.reason === 'card-locked-now' ? PURPOSES : [entry.purpose];
}

/**
 * Returns the standing for one of the touched purposes after the entry; undefined when there is
 * none.
 */
export function foldEntry(
  before: Standing | undefined,
  purpose: Purpose,
  entry: StandingEntry,
  logIndex: number,
): Standing | undefined {
  if (entry.kind === 'enrolled') return foldEnrolled(before, entry, logIndex);
  if (entry.kind === 'life-cycle') return foldAct(before, purpose, entry, logIndex);
  if (before === undefined) return undefined;
  if (entry.kind === 'spent') return withSpent(before, entry, logIndex);
  if (entry.kind === 'signed') return withSigned(before, entry, logIndex);
  if (entry.kind === 'lifted')
    return { ...before, ...NOTHING_TRIED, status: statusUnlocked(before), through: logIndex };
  if (purpose === entry.purpose) return foldVerdict(before, entry, logIndex);
  // The lock of a card ends codes. Where there are none, it changes nothing.
  return before.status === 'active' ? { ...before, status: 'locked', through: logIndex } : before;
}

/**
 * Raises the floors after a restore. Which codes were used is unknown, so every step up to the
 * floors counts as used.
 */
export function foldRestored(before: Standing, entry: RestoredEntry, logIndex: number): Standing {
  const floor = entry.floors[before.purpose] ?? 0;
  return {
    ...before,
    enrolments: before.enrolments.map((one) => withFloor(one, floor)),
    through: logIndex,
  };
}

function foldVerdict(before: Standing, entry: Verdict, logIndex: number): Standing {
  switch (entry.reason) {
    case 'accepted':
      return withAccepted(before, entry, observe, logIndex);
    case 'resynchronised':
      return withAccepted(before, entry, begin, logIndex);
    case 'wrong-code':
      return { ...withTry(before, entry), through: logIndex };
    case 'locked-now':
    case 'slow-locked-now':
    case 'card-locked-now':
      return { ...withTry(before, entry), status: 'locked', through: logIndex };
    case 'used-code':
    case 'locked-before':
    case 'not-enrolled':
    case 'deactivated':
    case 'blocked':
    case 'voided':
      return before;
  }
}

// Shared by all standings that have none: values are never changed.
const NO_TRIES: readonly number[] = [];
const NO_OBSERVATIONS: readonly Observation[] = [];
const NOTHING_TRIED = { wrongAtMs: NO_TRIES, wrongSinceAccepted: 0 };

function foldEnrolled(before: Standing | undefined, entry: EnrolledEntry, logIndex: number): Standing {
  const { enrolmentId: id, subject, purpose, generation, epoch, tokenSerial, floor, voids } = entry;
  const kept = before?.enrolments.filter((one) => !voids.includes(one.id)) ?? [];
  const enrolments = [...kept, { id, generation, epoch, tokenSerial, floor, observed: NO_OBSERVATIONS }];
  // A token beside others keeps their wrong tries; one that stands alone starts without any (D-3).
  const tries = before === undefined || kept.length === 0 ? NOTHING_TRIED : triesOf(before);
  // Only the branch lifts a block (M-34).
  const status = before?.status === 'blocked' ? 'blocked' : 'active';
  return { subject, purpose, status, generation, ...tries, enrolments, through: logIndex };
}

/** A number change while the place was locked has ended its tokens. */
function statusUnlocked({ status, enrolments }: Standing): Standing['status'] {
  if (status !== 'locked') return status;
  return enrolments.length === 0 ? 'void' : 'active';
}

function triesOf({ wrongAtMs, wrongSinceAccepted }: Standing) {
  return { wrongAtMs, wrongSinceAccepted };
}

function withAccepted(
  before: Standing,
  entry: Verdict,
  learn: (enrolment: Enrolment, entry: Verdict) => Enrolment,
  through: number,
): Standing {
  const enrolments = before.enrolments.map((one) => (one.id === entry.enrolmentId ? accept(one, entry, learn) : one));
  return { ...before, enrolments, wrongSinceAccepted: 0, through };
}

/** A second signature of one step moves no floor, and teaches nothing about the clock. */
function accept(one: Enrolment, entry: Verdict, learn: (enrolment: Enrolment, entry: Verdict) => Enrolment): Enrolment {
  return entry.step === one.floor && one.usedResponses !== undefined ? one : learn(withFloor(one, entry.step), entry);
}

function withSpent(before: Standing, { enrolmentId, step }: SpentEntry, through: number): Standing {
  const enrolments = before.enrolments.map((one) => (one.id === enrolmentId ? withFloor(one, step) : one));
  return { ...before, enrolments, through };
}

function withSigned(before: Standing, { enrolmentId, step, response }: SignedEntry, through: number): Standing {
  const enrolments = before.enrolments.map((one) =>
    one.id === enrolmentId && one.floor === step ? withResponse(one, response) : one,
  );
  return { ...before, enrolments, through };
}

function withResponse(one: Enrolment, response: string): Enrolment {
  return { ...one, usedResponses: [...(one.usedResponses ?? []), response] };
}

/** Closes every step up to the floor, for signatures too. */
function withFloor(one: Enrolment, step: number): Enrolment {
  const floor = Math.max(one.floor, step);
  return one.usedResponses === undefined ? { ...one, floor } : { ...one, floor, usedResponses: undefined };
}

/** Learns from a code of a resynchronised token. Of other tokens nothing is learned or kept. */
function observe(enrolment: Enrolment, entry: Verdict): Enrolment {
  if (enrolment.resynchronised === undefined) return enrolment;
  return { ...enrolment, observed: [...enrolment.observed, seen(entry)].slice(-OBSERVATIONS_KEPT) };
}

function begin(enrolment: Enrolment, entry: Verdict): Enrolment {
  return { ...enrolment, resynchronised: seen(entry), observed: NO_OBSERVATIONS };
}

function seen({ step, atMs }: Verdict): Observation {
  return { step, atMs };
}

function withTry(before: Standing, { atMs }: Verdict): Standing {
  return {
    ...before,
    wrongAtMs: [...before.wrongAtMs, atMs].slice(-WRONG_TRIES_KEPT),
    wrongSinceAccepted: Math.min(WRONG_TRIES_KEPT, before.wrongSinceAccepted + 1),
  };
}
