import { sha256 } from '@noble/hashes/sha2.js';
import type { Secret } from '@ramz/otp-core';
import { hexOf } from './hex.ts';

/** Size of each custodian's contribution to a new key. */
export const ENTROPY_BYTES = 32;

/**
 * Returns a custodian's commitment to their entropy, made before anyone reveals theirs, so that no
 * one can choose theirs to suit the others. SHA-256 in hexadecimal; the entropy has 256 random
 * bits, so the commitment reveals nothing of it.
 */
export function entropyCommitment(ceremony: string, by: string, entropy: Secret): string {
  const head = new TextEncoder().encode(`ramz/entropy/v1\0${ceremony}\0${by}\0`);
  const digest = sha256.create().update(head).update(entropy.expose()).digest();
  return hexOf(digest);
}
/** Returns fresh random bytes, in memory from `secretBytes`. A port, so that tests can seed it. */
export type RandomBytes = (length: number) => Uint8Array;
