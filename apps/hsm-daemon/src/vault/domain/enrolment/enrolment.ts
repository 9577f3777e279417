import type { Purpose } from '../../../boundary/commands.ts';

/**
 * One token's right to make codes for one card and one purpose, as the audit log's entries up to
 * `through` have made it. Values only: a change makes a new one.
 */
export interface Enrolment {
  /** 32 hexadecimal digits, drawn at random. */
  readonly id: string;
  /** Keyed hash of the card number, 32 hexadecimal digits. The number itself is nowhere in the store. */
  readonly subject: string;
  readonly purpose: Purpose;
  /** Number of this card's and purpose's seed: each new enrolment is a new generation (D-3). */
  readonly generation: number;
  /** The seed master key it derives from. */
  readonly epoch: number;
  readonly token_serial: string;
  readonly status: 'active' | 'locked';
  /** The last accepted step: this one and those before it are refused for ever. */
  readonly floor: number;
  /** When the latest wrong tries were made, the latest last. An accepted code does not take them back. */
  readonly wrong_at_ms: readonly number[];
  /** How many of them came after the last accepted code. */
  readonly wrong_since_accepted: number;
  /** The second of the two codes that resynchronised the token; undefined when none did. */
  readonly resynchronised?: Observation;
  /** The latest codes that were accepted after that: they tell how the token's clock drifts. */
  readonly observed: readonly Observation[];
  /** Log index of the last entry that this state holds. */
  readonly through: number;
}

/** A code of this step came at this time of the daemon's. */
export interface Observation {
  readonly step: number;
  readonly at_ms: number;
}

/** A card has one current enrolment a purpose; a new one takes the place of the former. */
export function placeOf(subject: string, purpose: Purpose): string {
  return `${subject}/${purpose}`;
}

/** The reverse of `placeOf`. */
export function subjectAt(place: string): { readonly subject: string; readonly purpose: Purpose } {
  const at = place.indexOf('/');
  return { subject: place.slice(0, at), purpose: place.slice(at + 1) as Purpose };
}

/** No policy allows more wrong tries than this, so no state needs to remember more. */
export const WRONG_TRIES_KEPT = 128;

/** So many codes in a row that are all late are no accident. */
export const OBSERVATIONS_KEPT = 3;
