import type { Secret } from '@ramz/otp-core';

/** SLIP-39, "Format of the share mnemonic": one share. Only `value` is secret. */
export interface Slip39Share {
  /** 15 bits, drawn once per split: shares of two splits never mix. */
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

/** The fields that all shares of one split have in common. */
export type SplitHeader = Pick<
  Slip39Share,
  'identifier' | 'extendable' | 'iterationExponent' | 'groupThreshold' | 'groupCount'
>;

/** The shortest secret that SLIP-39 splits: half a digest block must stay random. */
export const SECRET_BYTES_MIN = 16;
/** More than any key here; a longer mnemonic is not read back. */
export const SECRET_BYTES_MAX = 64;
/** Limit for members of a group, and for groups. */
export const SHARES_MAX = 16;
/** 15 bits. */
export const IDENTIFIER_MAX = 0x7fff;
