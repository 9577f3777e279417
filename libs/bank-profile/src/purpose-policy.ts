import type { Channel } from '@ramz/audit-log';
import type { Digits, HashName } from '@ramz/otp-core';

/** A bank's rules for one purpose. Every number is data of the profile, none is in code. */
export interface PurposePolicy {
  /** The kind of owner of the codes. */
  readonly subject: 'card' | 'customer';
  /** Limit for active tokens of one subject. With 1, a new token replaces the former (D-13). */
  readonly tokensMax: number;
  readonly digits: Digits;
  readonly hash: HashName;
  readonly periodSeconds: number;
  readonly t0Seconds: number;
  /** Accepted steps before the current one: 1 means "60 s shown, 120 s accepted" (M-12). */
  readonly acceptedPastSteps: number;
  /** Wrong tries that lock (M-15). */
  readonly triesMax: number;
  /** Wrong tries are counted this far back (D-1). */
  readonly triesIntervalMs: number;
  /** The slow counter: wrong tries that lock even if codes were accepted in between (D-1). */
  readonly slowTriesMax: number;
  readonly slowTriesIntervalMs: number;
  /** How far a token's clock may drift from what its resynchronisation found (D-10). */
  readonly driftMaxSteps: number;
  /** Steps each way in which two consecutive codes resynchronise: the nearest match counts. */
  readonly resyncSteps: readonly number[];
  /** The same at a branch, where an operator has checked the customer and the token. */
  readonly resyncBranchSteps: number;
  /** Limit ahead of now. A restore waits this long: these steps' codes may have been used. */
  readonly resyncAheadSteps: number;
  /** Channels that codes of this purpose may come from (S-15). */
  readonly channels: readonly Channel[];
}

/** A bank's rules for a card, over all its purposes (D-2). */
export interface CardPolicy {
  /** Wrong tries that lock every enrolment of the card. An accepted code does not reset them. */
  readonly triesMax: number;
  readonly triesIntervalMs: number;
}

/** No policy allows more wrong tries than this, so no state needs to remember more. */
export const WRONG_TRIES_KEPT = 128;

/** Tokens of one subject and purpose. S-13 sets no limit; a try compares these in 1 or 2 ms. */
export const TOKENS_MAX = 1_024;
