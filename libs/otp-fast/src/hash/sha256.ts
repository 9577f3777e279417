// FIPS 180-4, 6.2: SHA-256.
import { absorb, COMPRESSIONS, readState } from './absorb.ts';

const DIGEST_BYTES = 32;

/**
 * Returns the digest of a message in 32 new bytes. Only for public data: working memory is not
 * wiped. For a short message it is faster than a call into a system library.
 */
export function sha256(message: Uint8Array): Uint8Array {
  const digest = new Uint8Array(DIGEST_BYTES);
  absorb('sha256', COMPRESSIONS.sha256.initial, 0, message);
  readState('sha256', digest);
  return digest;
}
