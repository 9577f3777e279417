import type { Purpose } from '@ramz/audit-log';
import type { StandingStatus } from '../life-cycle/acts.ts';
import type { Enrolment } from './enrolment.ts';

/**
 * How a subject stands with one purpose: its active tokens, and the wrong tries that count for all
 * of them. The audit log's entries up to `through` have made it. A guess is compared with every
 * token (D-13), so it is one try.
 */
export interface Standing {
  /**
   * Keyed hash of the card or customer number, 32 hexadecimal digits. The store never holds the
   * number itself.
   */
  readonly subject: string;
  readonly purpose: Purpose;
  readonly status: StandingStatus;
  /** Generation of the newest seed. */
  readonly generation: number;
  /** Times of the latest wrong tries, the latest last. An accepted code does not remove them. */
  readonly wrongAtMs: readonly number[];
  /** How many of them came after the last accepted code. */
  readonly wrongSinceAccepted: number;
  /** Enrolments of tokens that are not void, the oldest first. */
  readonly enrolments: readonly Enrolment[];
  /** Log index of the last entry that this state includes. */
  readonly through: number;
}

/** Identifies a standing. */
export type StandingName = Pick<Standing, 'subject' | 'purpose'>;

/** Returns the name of a standing as text. */
export function placeOf(subject: string, purpose: Purpose): string {
  return `${subject}/${purpose}`;
}

/** Reverses `placeOf`. */
export function subjectAt(place: string): { readonly subject: string; readonly purpose: Purpose } {
  const at = place.indexOf('/');
  return { subject: place.slice(0, at), purpose: place.slice(at + 1) as Purpose };
}

/** Returns the number of its tokens that may make codes. */
export function activeIn({ status, enrolments }: Standing): number {
  return status === 'active' ? enrolments.length : 0;
}
