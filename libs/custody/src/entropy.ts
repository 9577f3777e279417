import { sha256 } from '@noble/hashes/sha2.js';
import type { Secret } from '@ramz/otp-core';
import { hexOf } from './hex.ts';

/** What each custodian brings to a new key. */
export const ENTROPY_BYTES = 32;

/**
 * What a custodian commits to before anybody reveals anything: nobody can choose their part to suit the
 * others'. SHA-256 in hexadecimal; the entropy has 256 random bits, so it tells nothing of it.
 */
export function entropyCommitment(ceremony: string, by: string, entropy: Secret): string {
  const head = new TextEncoder().encode(`ramz/entropy/v1\0${ceremony}\0${by}\0`);
  const digest = sha256.create().update(head).update(entropy.expose()).digest();
  return hexOf(digest);
}
/** Fresh random bytes, made by `secretBytes`: a port, so that tests can seed it. */
export type RandomBytes = (length: number) => Uint8Array;
