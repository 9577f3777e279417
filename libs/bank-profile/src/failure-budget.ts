import { z } from 'zod';

export const BUDGET_SCOPES = ['terminal', 'caller', 'channel', 'bin'] as const;
/** What a budget is for each of: a terminal, a caller's certificate, a channel, the first six digits of cards. */
export type BudgetScope = (typeof BUDGET_SCOPES)[number];

/**
 * How many wrong codes may come from one place before it looks like guessing one code over many cards, which no card's
 * own counter sees. Both must be met: a busy place has many failures, and a quiet one a large share.
 */
export interface FailureBudget {
  readonly per: BudgetScope;
  readonly failures_min: number;
  readonly failure_share_max: number;
  readonly interval_s: number;
  /** `alarm` tells; `slow` also refuses further tries from there until it has recovered. No customer is locked. */
  readonly action: 'alarm' | 'slow';
}

export const budgetSchema: z.ZodType<FailureBudget> = z.strictObject({
  per: z.enum(BUDGET_SCOPES, `must be of ${BUDGET_SCOPES.join(', ')}`),
  failures_min: z.int('must be a whole number').min(1, 'must be 1 or more').max(1_000_000, 'must be at most 1,000,000'),
  failure_share_max: z.number('must be a share from 0 to 1').min(0, 'must be 0 to 1').max(1, 'must be 0 to 1'),
  interval_s: z.int('must be whole seconds').min(10, 'must be 10 or more').max(86_400, 'must be at most 86,400: a day'),
  action: z.enum(['alarm', 'slow'], 'must be alarm or slow'),
});
