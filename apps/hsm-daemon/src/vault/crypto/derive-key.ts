// NIST SP 800-108r1, 4.1: KDF in counter mode, PRF = HMAC-SHA-256, r = 32,
// K(i) = PRF(KI, [i]_32 || Label || 0x00 || Context || [L]_32).

import { writeText } from '@ramz/audit-log';
import { type HmacKey, Secret } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';

const PRF_BYTES = 32;
/** One output block is all that Ramz derives; more would want the loop over i, and a reason. */
export const DERIVED_BYTES_MAX: number = PRF_BYTES;

/** What a key is derived for. */
export interface Derivation {
  readonly label: string;
  /** The fields of the context, of which none is longer than 255 bytes. */
  readonly context: readonly string[];
  /** Of the key, 1 to 32. */
  readonly bytes: number;
}

/** Fills `into`, made by `secretBytes` (1 to 32), with key material. The caller owns the secret and wipes it. */
export function deriveKey(master: HmacKey, label: string, context: readonly string[], into: Uint8Array): Secret {
  deriveEach(master, [{ label, context, bytes: into.length }], (_, key) => into.set(key));
  return Secret.own(into);
}

/**
 * Derives several keys under one master key; `take` is told each, in bytes that the next one overwrites and that are
 * wiped afterwards.
 */
export function deriveEach(
  master: HmacKey,
  derivations: readonly Derivation[],
  take: (i: number, key: Uint8Array) => void,
): void {
  for (const { bytes } of derivations) {
    if (bytes >= 1 && bytes <= DERIVED_BYTES_MAX) continue;
    throw new RangeError(`a derived key has 1 to ${DERIVED_BYTES_MAX} bytes`);
  }
  macEach(
    master,
    derivations.length,
    (i, into) => writeMessage(into, derivations[i] as Derivation),
    (i, mac) => take(i, mac.subarray(0, derivations[i]?.bytes)),
  );
}

/**
 * Each field of the context behind its length, so that no two contexts can be written the same ("1|23" is not "12|3").
 * Returns where the message ends.
 */
function writeMessage(into: Uint8Array, { label, context, bytes }: Derivation): number {
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
