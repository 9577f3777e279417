import { PURPOSES, type Purpose } from '../../../boundary/commands.ts';
import type { EnrolledEntry, LiftedEntry, RestoredEntry, SpentEntry, VerdictEntry } from '../audit/entry.ts';
import { type Enrolment, OBSERVATIONS_KEPT, type Observation } from './enrolment.ts';
import { type Standing, WRONG_TRIES_KEPT } from './standing.ts';

// What an entry of the audit log makes of the standings of its subject. The only way a state changes: live verdicts
// and replay after a restart both go through here, so the log alone tells every state.

/** Entries that change one subject's standings. */
export type StandingEntry = VerdictEntry | EnrolledEntry | SpentEntry | LiftedEntry;

export function changesStanding(entry: { readonly kind: string }): entry is StandingEntry {
  return STANDING_KINDS.some((kind) => kind === entry.kind);
}

const STANDING_KINDS: readonly StandingEntry['kind'][] = ['verdict', 'enrolled', 'spent', 'lifted'];

/** Which standings of its subject an entry may change. */
export function purposesTouched(entry: StandingEntry): readonly Purpose[] {
  return entry.kind === 'verdict' && entry.reason === 'card-locked-now' ? PURPOSES : [entry.purpose];
}

/** The standing for one of the touched purposes after the entry; undefined when there is none. */
export function foldEntry(
  before: Standing | undefined,
  purpose: Purpose,
  entry: StandingEntry,
  log_index: number,
): Standing | undefined {
  if (entry.kind === 'enrolled') return foldEnrolled(before, entry, log_index);
  if (before === undefined) return undefined;
  if (entry.kind === 'spent') return withSpent(before, entry, log_index);
  if (entry.kind === 'lifted') return { ...before, ...NOTHING_TRIED, status: 'active', through: log_index };
  if (purpose === entry.purpose) return foldVerdict(before, entry, log_index);
  return before.status === 'locked' ? before : { ...before, status: 'locked', through: log_index };
}

/** After a restore nobody knows which codes were used: every step up to the floors counts as used. */
export function foldRestored(before: Standing, entry: RestoredEntry, log_index: number): Standing {
  const floor = entry.floors[before.purpose] ?? 0;
  return {
    ...before,
    enrolments: before.enrolments.map((one) => ({ ...one, floor: Math.max(one.floor, floor) })),
    through: log_index,
  };
}

function foldVerdict(before: Standing, entry: VerdictEntry, log_index: number): Standing {
  switch (entry.reason) {
    case 'accepted':
      return withAccepted(before, entry, observe, log_index);
    case 'resynchronised':
      return withAccepted(before, entry, begin, log_index);
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
const NOTHING_TRIED = { wrong_at_ms: NO_TRIES, wrong_since_accepted: 0 };

function foldEnrolled(before: Standing | undefined, entry: EnrolledEntry, log_index: number): Standing {
  const { enrolment_id: id, subject, purpose, generation, epoch, token_serial, floor, voids } = entry;
  const kept = before?.enrolments.filter((one) => !voids.includes(one.id)) ?? [];
  const enrolments = [...kept, { id, generation, epoch, token_serial, floor, observed: NO_OBSERVATIONS }];
  // A token beside others does not take back what was tried on them; one that stands alone begins anew (D-3).
  const tries = before === undefined || kept.length === 0 ? NOTHING_TRIED : triesOf(before);
  return { subject, purpose, status: 'active', generation, ...tries, enrolments, through: log_index };
}

function triesOf({ wrong_at_ms, wrong_since_accepted }: Standing) {
  return { wrong_at_ms, wrong_since_accepted };
}

function withAccepted(
  before: Standing,
  entry: VerdictEntry,
  learn: (enrolment: Enrolment, entry: VerdictEntry) => Enrolment,
  through: number,
): Standing {
  const enrolments = before.enrolments.map((one) =>
    one.id === entry.enrolment_id ? learn(withFloor(one, entry), entry) : one,
  );
  return { ...before, enrolments, wrong_since_accepted: 0, through };
}

function withSpent(before: Standing, entry: SpentEntry, through: number): Standing {
  const enrolments = before.enrolments.map((one) => (one.id === entry.enrolment_id ? withFloor(one, entry) : one));
  return { ...before, enrolments, through };
}

function withFloor(one: Enrolment, { step }: VerdictEntry | SpentEntry): Enrolment {
  return { ...one, floor: Math.max(one.floor, step) };
}

/** Of a token that was never resynchronised nothing is learned, and nothing kept. */
function observe(enrolment: Enrolment, entry: VerdictEntry): Enrolment {
  if (enrolment.resynchronised === undefined) return enrolment;
  return { ...enrolment, observed: [...enrolment.observed, seen(entry)].slice(-OBSERVATIONS_KEPT) };
}

function begin(enrolment: Enrolment, entry: VerdictEntry): Enrolment {
  return { ...enrolment, resynchronised: seen(entry), observed: NO_OBSERVATIONS };
}

function seen({ step, at_ms }: VerdictEntry): Observation {
  return { step, at_ms };
}

function withTry(before: Standing, { at_ms }: VerdictEntry): Standing {
  return {
    ...before,
    wrong_at_ms: [...before.wrong_at_ms, at_ms].slice(-WRONG_TRIES_KEPT),
    wrong_since_accepted: Math.min(WRONG_TRIES_KEPT, before.wrong_since_accepted + 1),
  };
}
