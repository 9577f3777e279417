import { type Channel, PURPOSES, type Purpose } from '@ramz/audit-log';
import type { Quorum } from '@ramz/custody';
import { bankPinDigits } from '@ramz/otp-core';
import type { ActivationFields } from './activation-fields.ts';
import type { FailureBudget } from './failure-budget.ts';
import type { LockLimit } from './lock-limit.ts';
import { type PurposeFields, profileSchema, UNITS } from './profile-schema.ts';
import type { CardPolicy, PurposePolicy } from './purpose-policy.ts';
import { readYamlFile } from './yaml-file.ts';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A bank's rules, as data. */
export interface BankProfile {
  readonly name: string;
  /** The bank's purposes, in the order of `PURPOSES`. */
  readonly purposeNames: readonly Purpose[];
  readonly purposes: Readonly<Partial<Record<Purpose, PurposePolicy>>>;
  /** For each purpose, the others of the same subjects: wrong tries for one count for all (D-2). */
  readonly siblings: Readonly<Partial<Record<Purpose, readonly Purpose[]>>>;
  readonly card: CardPolicy;
  /** How far the wall clock may deviate from the monotonic clock. */
  readonly jumpMaxMs: number;
  readonly budgets: readonly FailureBudget[];
  readonly locks: LockLimit;
  /** Whether Enrol is taken without an activation (D-27). */
  readonly directEnrolment: 'never' | 'test-realm';
  /** Whether verdicts wait after a restore until the core has sent its subjects again (D-23). */
  readonly afterRestore: 'hold' | 'go-on';
  readonly eligibility: {
    readonly joint: 'refuse' | 'all-holders';
    readonly signatoriesChange: 'withdraw' | 'keep';
  };
  /** Channels of acts, where the bank allows fewer than the table of acts. */
  readonly acts: Readonly<Partial<Record<string, readonly Channel[] | undefined>>>;
  /** How codes are activated; undefined for a bank whose tokens are only enrolled or assigned. */
  readonly activation: ActivationPolicy | undefined;
  /** Approval rules at the first ceremony; afterwards the store's own rules apply. */
  readonly quorum: Quorum;
}

export interface ActivationPolicy {
  /** A code on the receipt and one in a text (M-28), or one code from a branch (S-23). */
  readonly codes: 'pair' | 'one';
  readonly codeLifeMs: number;
  readonly textLifeMs: number;
  readonly textRepeatsMax: number;
  readonly triesMax: number;
  readonly requestsADayMax: number;
  /** Zones to whose recipients texts are sealed; no receipt code is sealed for one of them. */
  readonly textZones: readonly string[];
  /** With `{code}` and `{minutes}`. */
  readonly text: string;
}

/** @throws ConfigError that names the file, the line and the field */
export function readBankProfile(path: string): BankProfile {
  const fields = readYamlFile(path, profileSchema, UNITS);
  const { name, purposes, card, clock, budgets, locks, quorum } = fields;
  const purposeNames = PURPOSES.filter((purpose) => purposes[purpose] !== undefined);
  const policies = purposeNames.map((purpose) => [purpose, toPolicy(purposes[purpose] as PurposeFields)] as const);
  return Object.freeze({
    name,
    quorum,
    budgets,
    locks,
    directEnrolment: fields.direct_enrolment,
    afterRestore: fields.after_restore,
    eligibility: Object.freeze({
      joint: fields.eligibility.joint,
      signatoriesChange: fields.eligibility.signatories_change,
    }),
    acts: Object.freeze(fields.acts),
    activation: fields.activation && Object.freeze(toActivation(fields.activation)),
    jumpMaxMs: clock.jump_max_s * 1_000,
    card: Object.freeze({ triesMax: card.tries_max, triesIntervalMs: card.tries_interval_h * HOUR_MS }),
    purposeNames,
    purposes: Object.freeze(Object.fromEntries(policies)),
    siblings: Object.freeze(Object.fromEntries(policies.map((one) => [one[0], siblingsOf(one, policies)]))),
  });
}

function toActivation(fields: ActivationFields): ActivationPolicy {
  return {
    codes: fields.codes,
    codeLifeMs: fields.code_life_h * HOUR_MS,
    textLifeMs: fields.text_life_min * MINUTE_MS,
    textRepeatsMax: fields.text_repeats_max,
    triesMax: fields.tries_max,
    requestsADayMax: fields.requests_a_day_max,
    textZones: fields.text_zones,
    text: fields.text,
  };
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
