import { z } from 'zod';

export const BUDGET_SCOPES = ['terminal', 'caller', 'channel', 'bin'] as const;
/** A budget is per terminal, caller's certificate, channel, or first six digits of cards. */
export type BudgetScope = (typeof BUDGET_SCOPES)[number];

/**
 * How many wrong codes may come from one source before it looks like guessing one code over many
 * cards, which no card's own counter detects. Number and share must both be reached: a busy source
 * has many failures, and a quiet one has a large share.
 */
export interface FailureBudget {
  readonly per: BudgetScope;
  readonly failures_min: number;
  readonly failure_share_max: number;
  readonly interval_s: number;
  /** `alarm` reports; `slow` also rejects tries from there until it recovers. Locks no customer. */
  readonly action: 'alarm' | 'slow';
}

export const budgetSchema: z.ZodType<FailureBudget> = z.strictObject({
  per: z
    .enum(BUDGET_SCOPES, `must be of ${BUDGET_SCOPES.join(', ')}`)
    .describe('source whose wrong codes are counted; bin is the first six digits of cards'),
  failures_min: z
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(1_000_000, 'must be at most 1,000,000')
    .describe('wrong codes of one source in the interval, at least'),
  failure_share_max: z
    .number('must be a share from 0 to 1')
    .min(0, 'must be 0 to 1')
    .max(1, 'must be 0 to 1')
    .describe('their share of all codes of that source; both must be reached'),
  interval_s: z
    .int('must be whole seconds')
    .min(10, 'must be 10 or more')
    .max(86_400, 'must be at most 86,400: a day')
    .describe('the interval, in seconds'),
  action: z
    .enum(['alarm', 'slow'], 'must be alarm or slow')
    .describe('alarm reports; slow also rejects further tries from there for a while'),
});
