/**
 * One token's right to make codes for one subject and one purpose. Immutable: a change makes a new
 * one.
 */
export interface Enrolment {
  /** 32 hexadecimal digits, drawn at random. */
  readonly id: string;
  /**
   * Number of this seed among all of its subject and purpose: each new enrolment is a new
   * generation (D-3).
   */
  readonly generation: number;
  /** Epoch of the seed master key that it derives from. */
  readonly epoch: number;
  readonly tokenSerial: string;
  /**
   * The last accepted step. This step and all before it are refused for good, but for signatures of
   * the floor itself: see `usedResponses`.
   */
  readonly floor: number;
  /**
   * MACs of the responses that were accepted at the floor, where all of them are known: others of
   * that step may still sign. Undefined closes the step, as for every code that signs nothing.
   */
  readonly usedResponses?: readonly string[] | undefined;
  /** Reported lost: none of its codes counts until it is found. */
  readonly isLost?: boolean;
  /** The second of the two codes that resynchronised the token; undefined when none did. */
  readonly resynchronised?: Observation | undefined;
  /** The latest codes accepted after that: they show how the token's clock drifts. */
  readonly observed: readonly Observation[];
}

/** Faster than a person types. Later signatures of the step are refused, as used codes. */
export const RESPONSES_A_STEP_MAX = 8;

/** Returns whether a response may still be accepted at the floor of its token. */
export function isFreshAtFloor({ usedResponses = [] }: Pick<Enrolment, 'usedResponses'>, response: string): boolean {
  const { length } = usedResponses;
  return length > 0 && length < RESPONSES_A_STEP_MAX && !usedResponses.includes(response);
}

/** A code of this step was accepted at this time by the daemon's clock. */
export interface Observation {
  readonly step: number;
  readonly atMs: number;
}

/** This many late codes in a row are not a coincidence. */
export const OBSERVATIONS_KEPT = 3;

/** A serial number is printed in capitals on one side and typed in small letters on another. */
export function isSameSerial(one: string, other: string): boolean {
  return one === other || one.toUpperCase() === other.toUpperCase();
}
