import type { EnrolledEntry, RestoredEntry, VerdictEntry } from '../audit/entry.ts';
import { type Enrolment, WRONG_TRIES_KEPT } from './enrolment.ts';

/**
 * What an entry of the audit log makes of an enrolment. The only way a state changes: live verdicts and
 * replay after a restart both go through here, so the log alone tells every state.
 */
export function foldVerdict(before: Enrolment, entry: VerdictEntry, log_index: number): Enrolment {
  switch (entry.reason) {
    case 'accepted':
      return { ...before, floor: Math.max(before.floor, entry.step), wrong_at_ms: [], through: log_index };
    case 'wrong-code':
      return { ...before, wrong_at_ms: withTry(before, entry), through: log_index };
    case 'locked-now':
      return { ...before, wrong_at_ms: withTry(before, entry), status: 'locked', through: log_index };
    case 'used-code':
    case 'locked-before':
    case 'not-enrolled':
      return before;
  }
}

export function foldEnrolled(entry: EnrolledEntry, log_index: number): Enrolment {
  return {
    id: entry.enrolment_id,
    subject: entry.subject,
    purpose: entry.purpose,
    generation: entry.generation,
    epoch: entry.epoch,
    token_serial: entry.token_serial,
    status: 'active',
    floor: entry.floor,
    wrong_at_ms: [],
    through: log_index,
  };
}

/** After a restore nobody knows which codes were used: every step up to the floors counts as used. */
export function foldRestored(before: Enrolment, entry: RestoredEntry, log_index: number): Enrolment {
  return { ...before, floor: Math.max(before.floor, entry.floors[before.purpose]), through: log_index };
}

function withTry(before: Enrolment, entry: VerdictEntry): readonly number[] {
  return [...before.wrong_at_ms, entry.at_ms].slice(-WRONG_TRIES_KEPT);
}
