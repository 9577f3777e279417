import type { Secret } from '@ramz/otp-core';

/** SLIP-39, "Format of the share mnemonic": one share. Only `value` is secret. */
export interface Slip39Share {
  /** 15 bits, drawn once per split, so that shares of two splits are never combined. */
  readonly identifier: number;
  /** True if the encryption of the master secret does not depend on the identifier. */
  readonly extendable: boolean;
  /** An exponent e from 0 to 15: PBKDF2 runs 10,000 * 2^e iterations. */
  readonly iterationExponent: number;
  /** From 0. */
  readonly groupIndex: number;
  readonly groupThreshold: number;
  readonly groupCount: number;
  /** From 0. It is also the x of this share's point. */
  readonly memberIndex: number;
  readonly memberThreshold: number;
  readonly value: Secret;
}

/** The fields that all shares of one split have in common. */
export type SplitHeader = Pick<
  Slip39Share,
  'identifier' | 'extendable' | 'iterationExponent' | 'groupThreshold' | 'groupCount'
>;

/** The shortest secret that SLIP-39 allows: 128 bits. */
export const SECRET_BYTES_MIN = 16;
/** Longer than any key of Ramz. No longer secret can be read back from its words. */
export const SECRET_BYTES_MAX = 64;
/** Limit for the number of groups, and for the members of one group. */
export const SHARES_MAX = 16;
/** 15 bits. */
export const IDENTIFIER_MAX = 0x7fff;
