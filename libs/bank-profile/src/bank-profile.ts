import { CHANNELS, PURPOSES, type Purpose } from '@ramz/audit-log';
import { type Quorum, quorumSchema } from '@ramz/custody';
import { BANK_PIN_DIGITS_MIN, bankPinDigits, DIGITS_MAX, PERIOD_S_MAX } from '@ramz/otp-core';
import { z } from 'zod';
import { budgetSchema, type FailureBudget } from './failure-budget.ts';
import { type LockLimit, lockLimitSchema } from './lock-limit.ts';
import { hasOcraPeriod } from './ocra-suite-text.ts';
import type { CardPolicy, PurposePolicy } from './purpose-policy.ts';
import { TOKENS_MAX, WRONG_TRIES_KEPT } from './purpose-policy.ts';
import { readYamlFile } from './yaml-file.ts';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** SP 800-63B gives codes sent by another way ten minutes; a code that is shown should never live longer. */
const ACCEPTED_S_MAX = 600;
/** Fields whose unit stands in their name. */
const UNITS = ['period_s', 't0_s', 'tries_interval_h', 'slow_tries_interval_d', 'jump_max_s', 'window_min'];

/** A day of minutes either way: what the core computes at once. */
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

const purposeSchema = z.strictObject({
  subject: z.enum(['card', 'customer'], 'must be card or customer'),
  tokens_max: z
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(TOKENS_MAX, `must be at most ${TOKENS_MAX}`),
  digits: z
    .int('must be a whole number')
    .min(BANK_PIN_DIGITS_MIN, `must be ${BANK_PIN_DIGITS_MIN} to ${DIGITS_MAX}`)
    .max(DIGITS_MAX, `must be ${BANK_PIN_DIGITS_MIN} to ${DIGITS_MAX}`),
  hash: z.enum(['sha1', 'sha256', 'sha512'], 'must be sha1, sha256 or sha512'),
  period_s: z
    .int('must be whole seconds')
    .min(1, 'must be 1 or more')
    .max(PERIOD_S_MAX, `must be at most ${PERIOD_S_MAX}`),
  t0_s: z
    .int('must be whole seconds')
    .min(0, 'must not be before 1970')
    .refine((t0Seconds) => t0Seconds * 1000 <= Date.now(), 'must not be in the future'),
  // RFC 6238 5.2 recommends at most one step; more is a bank's own risk, ten is a mistake.
  accepted_past_steps: z.int('must be a whole number').min(0, 'must be 0 to 9').max(9, 'must be 0 to 9'),
  tries_max: tries,
  tries_interval_h: hours,
  slow_tries_max: tries,
  slow_tries_interval_d: z.int('must be whole days').min(1, 'must be 1 or more').max(366, 'must be at most 366'),
  drift_max_steps: z.int('must be a whole number').min(0, 'must be 0 to 10').max(10, 'must be 0 to 10'),
  resync_steps: z
    .array(z.int('must be whole numbers').min(1, 'must be 1 or more').max(RESYNC_EITHER_WAY_MAX, RESYNC_RANGE))
    .min(1, 'must name a width')
    .max(5, 'must be at most 5 widths')
    .refine((widths) => widths.every((width, i) => i === 0 || width > (widths[i - 1] ?? 0)), 'must rise'),
  resync_branch_steps: z
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(RESYNC_EITHER_WAY_MAX, RESYNC_RANGE),
  resync_ahead_steps: z.int('must be a whole number').min(0, 'must be 0 to 60').max(60, 'must be 0 to 60'),
  channels: z
    .array(z.enum(CHANNELS, `must be of ${CHANNELS.join(', ')}`))
    .min(1, 'must name a channel: a code that is taken nowhere is of no use')
    .refine((channels) => new Set(channels).size === channels.length, 'names a channel twice'),
});
type PurposeFields = z.infer<typeof purposeSchema>;

const cardSchema = z.strictObject({ tries_max: tries, tries_interval_h: hours });

/** Less than a second is a busy machine; more than half the usual period would let a code live twice. */
const clockSchema = z.strictObject({
  jump_max_s: z.int('must be whole seconds').min(1, 'must be 1 to 30').max(30, 'must be 1 to 30'),
});

/** Each is counted for each try. */
const BUDGETS_MAX = 16;

const profileSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be small letters, digits and dashes, at most 32'),
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

/** Numbers that are each right and cannot stand together. */
function impossible(
  purpose: PurposeFields,
  card: z.infer<typeof cardSchema>,
  name: Purpose,
): [keyof PurposeFields, string][] {
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
      'of a signature must be under 60 s or whole minutes under an hour: OCRA can say no other',
    ],
    [name === 'transaction-signature' && purpose.t0_s !== 0, 't0_s', 'of a signature must be 0: OCRA can say no other'],
    [slowTriesMax < triesMax, 'slow_tries_max', `must not be under tries_max, ${triesMax}`],
    [
      slowTriesIntervalDays * 24 < triesIntervalHours,
      'slow_tries_interval_d',
      `must not be shorter than tries_interval_h, ${triesIntervalHours} h`,
    ],
  ];
  return faults.flatMap(([isWrong, field, message]) => (isWrong ? [[field, message]] : []));
}

/** A bank's rules, as data. */
export interface BankProfile {
  readonly name: string;
  /** The purposes that the bank has, in their order. */
  readonly purposeNames: readonly Purpose[];
  readonly purposes: Readonly<Partial<Record<Purpose, PurposePolicy>>>;
  /** Of each purpose the others of the same subjects: wrong tries of one count for all (D-2). */
  readonly siblings: Readonly<Partial<Record<Purpose, readonly Purpose[]>>>;
  readonly card: CardPolicy;
  /** The wall clock may part from the monotonic one by so much. */
  readonly jumpMaxMs: number;
  readonly budgets: readonly FailureBudget[];
  readonly locks: LockLimit;
  /** Who approves what, when the first ceremony begins; afterwards the store's own rules count. */
  readonly quorum: Quorum;
}

/** @throws ConfigError that names the file, the line and the field */
export function readBankProfile(path: string): BankProfile {
  const { name, purposes, card, clock, budgets, locks, quorum } = readYamlFile(path, profileSchema, UNITS);
  const purposeNames = PURPOSES.filter((purpose) => purposes[purpose] !== undefined);
  const policies = purposeNames.map((purpose) => [purpose, toPolicy(purposes[purpose] as PurposeFields)] as const);
  return Object.freeze({
    name,
    quorum,
    budgets,
    locks,
    jumpMaxMs: clock.jump_max_s * 1_000,
    card: Object.freeze({ triesMax: card.tries_max, triesIntervalMs: card.tries_interval_h * HOUR_MS }),
    purposeNames,
    purposes: Object.freeze(Object.fromEntries(policies)),
    siblings: Object.freeze(Object.fromEntries(policies.map((one) => [one[0], siblingsOf(one, policies)]))),
  });
}

type NamedPolicy = readonly [purpose: Purpose, policy: PurposePolicy];

function siblingsOf([purpose, { subject }]: NamedPolicy, all: readonly NamedPolicy[]): readonly Purpose[] {
  return all.flatMap(([other, policy]) => (other !== purpose && policy.subject === subject ? [other] : []));
}

function toPolicy(fields: PurposeFields): PurposePolicy {
  return Object.freeze({
    subject: fields.subject,
    tokensMax: fields.tokens_max,
    digits: bankPinDigits(fields.digits),
    hash: fields.hash,
    periodSeconds: fields.period_s,
    t0Seconds: fields.t0_s,
    acceptedPastSteps: fields.accepted_past_steps,
    triesMax: fields.tries_max,
    triesIntervalMs: fields.tries_interval_h * HOUR_MS,
    slowTriesMax: fields.slow_tries_max,
    slowTriesIntervalMs: fields.slow_tries_interval_d * DAY_MS,
    driftMaxSteps: fields.drift_max_steps,
    resyncSteps: fields.resync_steps,
    resyncBranchSteps: fields.resync_branch_steps,
    resyncAheadSteps: fields.resync_ahead_steps,
    channels: fields.channels,
  });
}
