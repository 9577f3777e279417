// A bank profile as its YAML file has it: every field, its limits, and what it means.
import { CHANNELS, type Channel, PURPOSES, type Purpose } from '@ramz/audit-log';
import { type Quorum, quorumSchema } from '@ramz/custody';
import { BANK_PIN_DIGITS_MIN, DIGITS_MAX, PERIOD_S_MAX } from '@ramz/otp-core';
import { z } from 'zod';
import { type ActivationFields, activationSchema } from './activation-fields.ts';
import { budgetSchema, type FailureBudget } from './failure-budget.ts';
import {
  type ActsFields,
  actsSchema,
  afterRestoreSchema,
  directEnrolmentSchema,
  type EligibilityFields,
  eligibilitySchema,
} from './life-cycle-fields.ts';
import { type LockLimit, lockLimitSchema } from './lock-limit.ts';
import { hasOcraPeriod } from './ocra-suite-text.ts';
import { TOKENS_MAX, WRONG_TRIES_KEPT } from './purpose-policy.ts';

/** SP 800-63B allows ten minutes for out-of-band codes; a displayed code must not live longer. */
const ACCEPTED_S_MAX = 600;
/** Fields that have their unit in their name. */
export const UNITS: readonly string[] = [
  'period_s',
  't0_s',
  'tries_interval_h',
  'slow_tries_interval_d',
  'jump_max_s',
  'window_min',
  'code_life_h',
  'text_life_min',
];

/** A day of minutes each way: the most that the core computes at once. */
const RESYNC_EITHER_WAY_MAX = 1_441;
const RESYNC_RANGE = `must be at most ${RESYNC_EITHER_WAY_MAX}`;

const tries = z
  .int('must be a whole number')
  .min(1, 'must be 1 or more')
  .max(WRONG_TRIES_KEPT, `must be at most ${WRONG_TRIES_KEPT}: no more are remembered`);
const hours = z
  .int('must be whole hours')
  .min(1, 'must be 1 or more')
  .max(24 * 30, 'must be at most 720: 30 days');

/** The rules of one purpose. Each number has its unit in its name. */
export interface PurposeFields {
  readonly subject: 'card' | 'customer';
  readonly tokens_max: number;
  readonly digits: number;
  readonly hash: 'sha1' | 'sha256' | 'sha512';
  readonly period_s: number;
  readonly t0_s: number;
  readonly accepted_past_steps: number;
  readonly tries_max: number;
  readonly tries_interval_h: number;
  readonly slow_tries_max: number;
  readonly slow_tries_interval_d: number;
  readonly drift_max_steps: number;
  readonly resync_steps: readonly number[];
  readonly resync_branch_steps: number;
  readonly resync_ahead_steps: number;
  readonly channels: readonly Channel[];
}

interface CardFields {
  readonly tries_max: number;
  readonly tries_interval_h: number;
}

export interface ProfileFields {
  readonly name: string;
  readonly purposes: Readonly<Partial<Record<Purpose, PurposeFields | undefined>>>;
  readonly card: CardFields;
  readonly clock: { readonly jump_max_s: number };
  readonly budgets: readonly FailureBudget[];
  readonly locks: LockLimit;
  readonly direct_enrolment: 'never' | 'test-realm';
  readonly after_restore: 'hold' | 'go-on';
  readonly eligibility: EligibilityFields;
  readonly acts: ActsFields;
  readonly activation?: ActivationFields | undefined;
  readonly quorum: Quorum;
}

const purposeSchema: z.ZodType<PurposeFields> = z.strictObject({
  subject: z
    .enum(['card', 'customer'], 'must be card or customer')
    .describe('what codes belong to: a card, or a customer with any number of tokens'),
  tokens_max: z
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(TOKENS_MAX, `must be at most ${TOKENS_MAX}`)
    .describe(
      'active tokens of one subject for this purpose; with 1 a new enrolment makes the former token void (D-3)',
    ),
  digits: z
    .int('must be a whole number')
    .min(BANK_PIN_DIGITS_MIN, `must be ${BANK_PIN_DIGITS_MIN} to ${DIGITS_MAX}`)
    .max(DIGITS_MAX, `must be ${BANK_PIN_DIGITS_MIN} to ${DIGITS_MAX}`)
    .describe('length of a code'),
  hash: z
    .enum(['sha1', 'sha256', 'sha512'], 'must be sha1, sha256 or sha512')
    .describe('hash of the HMAC; with transaction signatures also of the OCRA suite'),
  period_s: z
    .int('must be whole seconds')
    .min(1, 'must be 1 or more')
    .max(PERIOD_S_MAX, `must be at most ${PERIOD_S_MAX}`)
    .describe('length of a time step in seconds (X of RFC 6238)'),
  t0_s: z
    .int('must be whole seconds')
    .min(0, 'must not be before 1970')
    .refine((t0Seconds) => t0Seconds * 1000 <= Date.now(), 'must not be in the future')
    .describe('start of the first time step in Unix seconds (T0 of RFC 6238)'),
  // RFC 6238 5.2 recommends at most one step; more is a bank's own risk, ten is a mistake.
  accepted_past_steps: z
    .int('must be a whole number')
    .min(0, 'must be 0 to 9')
    .max(9, 'must be 0 to 9')
    .describe('former time steps whose codes are still accepted, beside the current one'),
  tries_max: tries.describe('wrong codes since the last accepted one that lock this purpose (D-1)'),
  tries_interval_h: hours.describe('wrong codes older than this no longer count for tries_max'),
  slow_tries_max: tries.describe('wrong codes that lock this purpose even with accepted codes between them (D-1)'),
  slow_tries_interval_d: z
    .int('must be whole days')
    .min(1, 'must be 1 or more')
    .max(366, 'must be at most 366')
    .describe('wrong codes older than this no longer count for slow_tries_max'),
  drift_max_steps: z
    .int('must be a whole number')
    .min(0, 'must be 0 to 10')
    .max(10, 'must be 0 to 10')
    .describe("how far one accepted code may move the daemon's idea of a token's clock (D-10)"),
  resync_steps: z
    .array(z.int('must be whole numbers').min(1, 'must be 1 or more').max(RESYNC_EITHER_WAY_MAX, RESYNC_RANGE))
    .min(1, 'must name a width')
    .max(5, 'must be at most 5 widths')
    .refine((widths) => widths.every((width, i) => i === 0 || width > (widths[i - 1] ?? 0)), 'must increase')
    .describe('widths of the search of Resynchronise, either way, tried in this order (D-10)'),
  resync_branch_steps: z
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(RESYNC_EITHER_WAY_MAX, RESYNC_RANGE)
    .describe('width of that search for the channel branch'),
  resync_ahead_steps: z
    .int('must be a whole number')
    .min(0, 'must be 0 to 60')
    .max(60, 'must be 0 to 60')
    .describe("how far a token's clock may be ahead after it was found; after a restore everyone waits this long"),
  channels: z
    .array(z.enum(CHANNELS, `must be of ${CHANNELS.join(', ')}`))
    .min(1, 'must name a channel: a code that is accepted nowhere is useless')
    .refine((channels) => new Set(channels).size === channels.length, 'names a channel twice')
    .describe('channels whose codes of this purpose are accepted'),
});

const cardSchema: z.ZodType<CardFields> = z.strictObject({
  tries_max: tries.describe('wrong codes over all purposes of a card or customer that lock everything of it (D-2)'),
  tries_interval_h: hours.describe('wrong codes older than this no longer count'),
});

/** Under a second may be a busy machine; over half the usual period a code could live twice. */
const clockSchema = z.strictObject({
  jump_max_s: z
    .int('must be whole seconds')
    .min(1, 'must be 1 to 30')
    .max(30, 'must be 1 to 30')
    .describe('how far the wall clock may deviate from the monotonic one before verification stops'),
});

/** Each try is counted in every budget, so their number is limited. */
const BUDGETS_MAX = 16;

/** A profile's YAML file. docs/reference/profile.md is made of its descriptions. */
export const profileSchema: z.ZodType<ProfileFields> = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be small letters, digits and dashes, at most 32')
      .describe('name of the profile; the store remembers it and refuses another'),
    purposes: z
      .strictObject({
        'first-pin': purposeSchema.optional(),
        'second-pin': purposeSchema.optional(),
        'channel-login': purposeSchema.optional(),
        'transaction-signature': purposeSchema.optional(),
      } satisfies Record<Purpose, unknown>)
      .refine((purposes) => Object.keys(purposes).length > 0, 'must name a purpose'),
    card: cardSchema,
    clock: clockSchema,
    budgets: z.array(budgetSchema).max(BUDGETS_MAX, `must be at most ${BUDGETS_MAX}`),
    locks: lockLimitSchema,
    direct_enrolment: directEnrolmentSchema,
    after_restore: afterRestoreSchema,
    eligibility: eligibilitySchema,
    acts: actsSchema,
    activation: activationSchema,
    quorum: quorumSchema,
  })
  .superRefine(({ purposes, card }, context) => {
    for (const purpose of PURPOSES) {
      const fields = purposes[purpose];
      for (const [field, message] of fields === undefined ? [] : impossible(fields, card, purpose)) {
        context.addIssue({ code: 'custom', path: ['purposes', purpose, field], message });
      }
    }
  });

/** Returns faults of numbers that are valid alone but not together. */
function impossible(purpose: PurposeFields, card: CardFields, name: Purpose): [keyof PurposeFields, string][] {
  const {
    period_s: periodSeconds,
    accepted_past_steps: acceptedPastSteps,
    tries_max: triesMax,
    tries_interval_h: triesIntervalHours,
    slow_tries_max: slowTriesMax,
    slow_tries_interval_d: slowTriesIntervalDays,
  } = purpose;
  const { resync_steps: resyncSteps, resync_branch_steps: resyncBranchSteps } = purpose;
  const acceptedSeconds = periodSeconds * (acceptedPastSteps + 1);
  const faults: [boolean, keyof PurposeFields, string][] = [
    [
      acceptedSeconds > ACCEPTED_S_MAX,
      'accepted_past_steps',
      `with a period of ${periodSeconds} s a code would be accepted for ${acceptedSeconds} s; at most ${ACCEPTED_S_MAX} s`,
    ],
    [triesMax > card.tries_max, 'tries_max', `is never reached: the card locks after ${card.tries_max}`],
    [
      resyncBranchSteps < Math.max(...resyncSteps),
      'resync_branch_steps',
      'must not be under the widest of resync_steps',
    ],
    [
      name === 'transaction-signature' && !hasOcraPeriod(periodSeconds),
      'period_s',
      'of a signature must be under 60 s or whole minutes under an hour: OCRA allows no other',
    ],
    [name === 'transaction-signature' && purpose.t0_s !== 0, 't0_s', 'of a signature must be 0: OCRA allows no other'],
    [slowTriesMax < triesMax, 'slow_tries_max', `must not be under tries_max, ${triesMax}`],
    [
      slowTriesIntervalDays * 24 < triesIntervalHours,
      'slow_tries_interval_d',
      `must not be shorter than tries_interval_h, ${triesIntervalHours} h`,
    ],
  ];
  return faults.flatMap(([isWrong, field, message]) => (isWrong ? [[field, message]] : []));
}
