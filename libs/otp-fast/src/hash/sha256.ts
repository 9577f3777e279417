// FIPS 180-4, 6.2: SHA-256.
import { absorb, COMPRESSIONS, readState } from './absorb.ts';

const DIGEST_BYTES = 32;

/**
 * The digest of a message, in 32 new bytes. For what is not secret: what the work leaves behind is not wiped. A short
 * message takes less time than a call into a library of the system.
 */
export function sha256(message: Uint8Array): Uint8Array {
  const digest = new Uint8Array(DIGEST_BYTES);
  absorb('sha256', COMPRESSIONS.sha256.initial, 0, message);
  readState('sha256', digest);
  return digest;
}
