import { PURPOSES, type Purpose } from '../../../boundary/commands.ts';
import type { EnrolledEntry, RestoredEntry, VerdictEntry } from '../audit/entry.ts';
import { type Enrolment, OBSERVATIONS_KEPT, type Observation, WRONG_TRIES_KEPT } from './enrolment.ts';

// What an entry of the audit log makes of the enrolments of its card. The only way a state changes: live verdicts and
// replay after a restart both go through here, so the log alone tells every state.

/** Which enrolments of its card an entry may change. */
export function purposesTouched(entry: VerdictEntry | EnrolledEntry): readonly Purpose[] {
  return entry.kind === 'verdict' && entry.reason === 'card-locked-now' ? PURPOSES : [entry.purpose];
}

/** The enrolment of one of the touched purposes after the entry; undefined when there is none. */
export function foldEntry(
  before: Enrolment | undefined,
  purpose: Purpose,
  entry: VerdictEntry | EnrolledEntry,
  log_index: number,
): Enrolment | undefined {
  if (entry.kind === 'enrolled') return foldEnrolled(entry, log_index);
  if (before === undefined) return undefined;
  if (purpose === entry.purpose) return foldVerdict(before, entry, log_index);
  return before.status === 'locked' ? before : { ...before, status: 'locked', through: log_index };
}

/** After a restore nobody knows which codes were used: every step up to the floors counts as used. */
export function foldRestored(before: Enrolment, entry: RestoredEntry, log_index: number): Enrolment {
  return { ...before, floor: Math.max(before.floor, entry.floors[before.purpose]), through: log_index };
}

function foldVerdict(before: Enrolment, entry: VerdictEntry, log_index: number): Enrolment {
  switch (entry.reason) {
    case 'accepted':
      return { ...withAccepted(before, entry), observed: withObserved(before, entry), through: log_index };
    case 'resynchronised':
      return { ...withAccepted(before, entry), resynchronised: seen(entry), observed: [], through: log_index };
    case 'wrong-code':
      return { ...withTry(before, entry), through: log_index };
    case 'locked-now':
    case 'slow-locked-now':
    case 'card-locked-now':
      return { ...withTry(before, entry), status: 'locked', through: log_index };
    case 'used-code':
    case 'locked-before':
    case 'not-enrolled':
      return before;
  }
}

// Shared by all that have none: values are never changed.
const NO_TRIES: readonly number[] = [];
const NO_OBSERVATIONS: readonly Observation[] = [];

function foldEnrolled(entry: EnrolledEntry, log_index: number): Enrolment {
  return {
    id: entry.enrolment_id,
    subject: entry.subject,
    purpose: entry.purpose,
    generation: entry.generation,
    epoch: entry.epoch,
    token_serial: entry.token_serial,
    status: 'active',
    floor: entry.floor,
    wrong_at_ms: NO_TRIES,
    wrong_since_accepted: 0,
    observed: NO_OBSERVATIONS,
    through: log_index,
  };
}

function withAccepted(before: Enrolment, { step }: VerdictEntry): Enrolment {
  return { ...before, floor: Math.max(before.floor, step), wrong_since_accepted: 0 };
}

/** Of a token that was never resynchronised nothing is learned, and nothing kept. */
function withObserved({ resynchronised, observed }: Enrolment, entry: VerdictEntry): readonly Observation[] {
  return resynchronised === undefined ? observed : [...observed, seen(entry)].slice(-OBSERVATIONS_KEPT);
}

function seen({ step, at_ms }: VerdictEntry): Observation {
  return { step, at_ms };
}

function withTry(before: Enrolment, { at_ms }: VerdictEntry): Enrolment {
  return {
    ...before,
    wrong_at_ms: [...before.wrong_at_ms, at_ms].slice(-WRONG_TRIES_KEPT),
    wrong_since_accepted: Math.min(WRONG_TRIES_KEPT, before.wrong_since_accepted + 1),
  };
}
