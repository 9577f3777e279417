// NIST SP 800-108r1, 4.1: KDF in counter mode, PRF = HMAC-SHA-256, r = 32,
// K(i) = PRF(KI, [i]_32 || Label || 0x00 || Context || [L]_32).

import { writeText } from '@ramz/audit-log';
import { type HmacKey, Secret } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';

/** Ramz derives at most one output block. More would need the loop over i, and a reason. */
export const DERIVED_BYTES_MAX = 32;

/**
 * Fills `into` (1 to 32 bytes from `secretBytes`) with key material. Returns the secret that owns
 * it, which the caller wipes.
 */
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
 * Writes the PRF input for a key of `bytes` bytes. Each field of the context (at most 255 bytes)
 * follows its length, so that no two contexts encode alike ("1|23" differs from "12|3"). Returns
 * the end offset.
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
