// NIST SP 800-108r1, 4.1: KDF in counter mode, PRF = HMAC-SHA-256, r = 32,
// K(i) = PRF(KI, [i]_32 || Label || 0x00 || Context || [L]_32).

import { writeText } from '@ramz/audit-log';
import { type HmacKey, Secret } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';

/** One output block is all that Ramz derives; more would want the loop over i, and a reason. */
export const DERIVED_BYTES_MAX = 32;

/** Fills `into`, made by `secretBytes` (1 to 32), with key material. The caller owns the secret and wipes it. */
export function deriveKey(master: HmacKey, label: string, context: readonly string[], into: Uint8Array): Secret {
  const bytes = into.length;
  if (bytes < 1 || bytes > DERIVED_BYTES_MAX) throw new RangeError(`a derived key has 1 to ${DERIVED_BYTES_MAX} bytes`);
  macEach(
    master,
    1,
    (_, message) => writeDerivation(message, label, context, bytes),
    (_, mac) => into.set(mac.subarray(0, bytes)),
  );
  return Secret.own(into);
}

/**
 * What the PRF is asked for a key of so many bytes. Each field of the context (none is longer than 255 bytes) stands
 * behind its length, so that no two contexts can be written the same ("1|23" is not "12|3"). Returns where it ends.
 */
export function writeDerivation(into: Uint8Array, label: string, context: readonly string[], bytes: number): number {
  let at = writeText(into, writeNumber(into, 0, 1, 4), label);
  into[at++] = 0;
  for (const field of context) {
    const end = writeText(into, at + 2, field);
    writeNumber(into, at, end - at - 2, 2);
    at = end;
  }
  return writeNumber(into, at, bytes * 8, 4);
}

function writeNumber(into: Uint8Array, at: number, value: number, bytes: number): number {
  for (let i = 0; i < bytes; i++) into[at + i] = value >>> ((bytes - 1 - i) * 8);
  return at + bytes;
}
