// The words of which the log is made: each is a number there, so new ones are added at the end.

// A number in this list stands in the log: new ones are added at the end.
export const PURPOSES = ['first-pin', 'second-pin', 'channel-login', 'transaction-signature'] as const;
/** What a code is for; each purpose of a subject has its own seed. */
export type Purpose = (typeof PURPOSES)[number];

export const CHANNELS = ['internet-bank', 'mobile-bank', 'atm', 'pos', 'branch', 'telephone-bank'] as const;
/** Where in the bank a call comes from: said by the caller's certificate. */
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
/** Why a verdict is what it is. The front tells it only to callers with the `diagnose` right (D-14). */
export type VerdictReason = (typeof VERDICT_REASONS)[number];
