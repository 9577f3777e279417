// The words of the log. Each is stored as its number in these lists: add new ones at the end.

export const PURPOSES = ['first-pin', 'second-pin', 'channel-login', 'transaction-signature'] as const;
/** The purpose of a code. Each purpose of a subject has its own seed. */
export type Purpose = (typeof PURPOSES)[number];

export const CHANNELS = ['internet-bank', 'mobile-bank', 'atm', 'pos', 'branch', 'telephone-bank'] as const;
/** The part of the bank that a call comes from, as the caller's certificate says. */
export type Channel = (typeof CHANNELS)[number];

export const VERDICT_REASONS = [
  'accepted',
  'wrong-code',
  'used-code',
  'locked-now',
  'locked-before',
  'not-enrolled',
  'slow-locked-now',
  'card-locked-now',
  'resynchronised',
  'deactivated',
  'blocked',
  'voided',
] as const;
/** The reason for a verdict. The front returns it only to callers that may `diagnose` (D-14). */
export type VerdictReason = (typeof VERDICT_REASONS)[number];

/** What happens to a card or customer beside verdicts (docs/reference/life-cycle.md). */
export const LIFE_CYCLE_ACTS = [
  'subject-put',
  'number-changed',
  'voided-under-number',
  'subject-closed',
  'deactivated',
  'second-pin-blocked',
  'second-pin-unblocked',
  'token-voided',
  'token-lost',
  'token-found',
  'permission-issued',
  'permission-withdrawn',
  'replayed-lock',
  'replayed-block',
  'replayed-void',
  'replay-ended',
  'activation-requested',
  'code-allocated',
  'code-reissued',
  'text-repeated',
  'codes-refused',
  'activated',
  'token-deleted',
] as const;
export type LifeCycleAct = (typeof LIFE_CYCLE_ACTS)[number];

export const ACT_OUTCOMES = [
  'done',
  'closed',
  'not-blocked',
  'no-permission',
  'no-such-token',
  'not-lost',
  'too-many-subjects',
  'too-many-permissions',
  'joint-account',
  'holders-missing',
  'wrong-branch',
  'no-holders',
  'no-number',
  'number-differs',
  'blocked',
  'method-not-offered',
  'no-activation',
  'activation-pending',
  'too-many-activations',
  'no-repeats-left',
  'wrong-codes',
  'codes-expired',
  'no-tries-left',
  'codes-used',
  'too-many-tokens',
] as const;
/** Whether an act was done, or why not. Only branches and the core get the reason. */
export type ActOutcome = (typeof ACT_OUTCOMES)[number];

export const PERSON_KINDS = ['natural', 'legal'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

export const ACCOUNT_KINDS = ['single', 'joint'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export const ACTIVATION_METHODS = ['app'] as const;
/** How a customer gets codes after an activation. */
export type ActivationMethod = (typeof ACTIVATION_METHODS)[number];

/** Acts whose entries name an activation. */
export const ACTIVATION_ACTS: readonly LifeCycleAct[] = [
  'activation-requested',
  'code-allocated',
  'code-reissued',
  'text-repeated',
  'codes-refused',
  'activated',
];
