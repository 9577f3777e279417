import type { Channel } from '@ramz/audit-log';
import type { Digits, HashName } from '@ramz/otp-core';

/** What a bank's profile says of one purpose. Every number is data of the profile, none is code. */
export interface PurposePolicy {
  /** Whose codes they are. */
  readonly subject: 'card' | 'customer';
  /** Active tokens of one subject: 1 means that a new one takes the place of the former (D-13). */
  readonly tokensMax: number;
  readonly digits: Digits;
  readonly hash: HashName;
  readonly periodSeconds: number;
  readonly t0Seconds: number;
  /** Steps before the current one that are still accepted: 1 makes "60 s shown, 120 s accepted" (M-12). */
  readonly acceptedPastSteps: number;
  /** Wrong tries that lock (M-15). */
  readonly triesMax: number;
  /** Wrong tries are counted this far back (D-1). */
  readonly triesIntervalMs: number;
  /** The slow counter: wrong tries that lock although codes were accepted in between (D-1). */
  readonly slowTriesMax: number;
  readonly slowTriesIntervalMs: number;
  /** How far a token's clock may drift from what its resynchronisation found (D-10). */
  readonly driftMaxSteps: number;
  /** Steps either way in which two consecutive codes resynchronise a token: the nearest counts. */
  readonly resyncSteps: readonly number[];
  /** The same at a branch, where an operator has looked at the customer and the token. */
  readonly resyncBranchSteps: number;
  /** Never further ahead than this: after a restore everybody waits so long, for codes of such steps may be used. */
  readonly resyncAheadSteps: number;
  /** Where codes of this purpose may come from (S-15). */
  readonly channels: readonly Channel[];
}

/** What a bank's profile says of a card over all its purposes (D-2). */
export interface CardPolicy {
  /** Wrong tries that lock every enrolment of the card. An accepted code does not take them back. */
  readonly triesMax: number;
  readonly triesIntervalMs: number;
}

/** No policy allows more wrong tries than this, so no state needs to remember more. */
export const WRONG_TRIES_KEPT = 128;

/** Tokens of one subject and purpose. S-13 sets no limit: this is what a try can compare in a millisecond or two. */
export const TOKENS_MAX = 1_024;
