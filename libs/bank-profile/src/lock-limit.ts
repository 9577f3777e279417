import { z } from 'zod';

/** How many locks one caller may cause per interval before tries that could lock must wait. */
export interface LockLimit {
  readonly per_caller_max: number;
  readonly interval_s: number;
}

/** A bank of ten million customers has one lock per minute on its busiest channel. */
const USUAL: LockLimit = { per_caller_max: 60, interval_s: 60 };

export const lockLimitSchema: z.ZodType<LockLimit> = z
  .strictObject({
    per_caller_max: z
      .int('must be a whole number')
      .min(1, 'must be 1 to 10,000')
      .max(10_000, 'must be 1 to 10,000')
      .describe('locks that one caller may cause in the interval'),
    interval_s: z
      .int('must be whole seconds')
      .min(10, 'must be 10 to 3,600')
      .max(3_600, 'must be 10 to 3,600')
      .describe('the interval, in seconds'),
  })
  .default(USUAL);
