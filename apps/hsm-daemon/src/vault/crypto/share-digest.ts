import { sha256 } from '@noble/hashes/sha2.js';
import type { Secret } from '@ramz/otp-core';

/** What the store keeps of an encoded share, in hexadecimal. */
export function shareDigest(encoded_share: Secret): string {
  return Buffer.from(sha256(encoded_share.expose())).toString('hex');
}
