/** One token's right to make codes for one subject and one purpose. Values only: a change makes a new one. */
export interface Enrolment {
  /** 32 hexadecimal digits, drawn at random. */
  readonly id: string;
  /** Number of this seed among all of its subject and purpose: each new enrolment is a new generation (D-3). */
  readonly generation: number;
  /** The seed master key it derives from. */
  readonly epoch: number;
  readonly tokenSerial: string;
  /** The last accepted step: this one and those before it are refused for ever. */
  readonly floor: number;
  /** The second of the two codes that resynchronised the token; undefined when none did. */
  readonly resynchronised?: Observation | undefined;
  /** The latest codes that were accepted after that: they tell how the token's clock drifts. */
  readonly observed: readonly Observation[];
}

/** A code of this step came at this time of the daemon's. */
export interface Observation {
  readonly step: number;
  readonly atMs: number;
}

/** So many codes in a row that are all late are no accident. */
export const OBSERVATIONS_KEPT = 3;
