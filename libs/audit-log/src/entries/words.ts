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
] as const;
/** The reason for a verdict. The front returns it only to callers that may `diagnose` (D-14). */
export type VerdictReason = (typeof VERDICT_REASONS)[number];
