import { sha256 } from '@noble/hashes/sha2.js';
import type { Secret } from '@ramz/otp-core';

/** Returns the hash that the store keeps of a share, its realm and its holder, in hexadecimal. */
export function shareDigest(realm: string, custodian: string, encodedShare: Secret): string {
  const head = new TextEncoder().encode(`ramz/share/v1\0${realm}\0${custodian}\0`);
  return Buffer.from(sha256.create().update(head).update(encodedShare.expose()).digest()).toString('hex');
}
