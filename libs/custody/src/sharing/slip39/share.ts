import type { Secret } from '@ramz/otp-core';

/** SLIP-39, "Format of the share mnemonic": one share. Only `value` is secret. */
export interface Slip39Share {
  /** 15 bits, drawn once a split: shares of two splits never mix. */
  readonly identifier: number;
  /** Whether the identifier stays out of the encryption of the master secret. */
  readonly extendable: boolean;
  /** PBKDF2 iterations are 10,000 * 2^this, 0 to 15. */
  readonly iterationExponent: number;
  /** From 0. */
  readonly groupIndex: number;
  readonly groupThreshold: number;
  readonly groupCount: number;
  /** From 0: the x of this share's point. */
  readonly memberIndex: number;
  readonly memberThreshold: number;
  readonly value: Secret;
}

/** What all shares of one split have in common. */
export type SplitHeader = Pick<
  Slip39Share,
  'identifier' | 'extendable' | 'iterationExponent' | 'groupThreshold' | 'groupCount'
>;

/** Half a digest block must stay random: the shortest secret SLIP-39 splits. */
export const SECRET_BYTES_MIN = 16;
/** Members of a group, and groups. */
export const SHARES_MAX = 16;
/** The identifier's bits. */
export const IDENTIFIER_MAX = 0x7fff;
