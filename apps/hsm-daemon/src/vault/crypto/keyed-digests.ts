import type { HmacKey } from '@ramz/otp-core';
import { writeText } from '../domain/text-bytes.ts';

const DIGEST_BYTES = 16;
/** Longer than the longest fields together: a caller's name and a request id of 64 characters each. */
const scratch = Buffer.allocUnsafeSlow(512);
const kept = Buffer.allocUnsafeSlow(DIGEST_BYTES);

/**
 * A card number has only about 30 unknown bits, so a plain hash of it is the number itself to anyone
 * with a graphics card: everything here is keyed. Each digest is 32 hexadecimal digits.
 */
export function subjectOf(key: HmacKey, subject_name: string): string {
  return digest(key, ['ramz/subject/v1', subject_name]);
}

/** Names a request: one caller can never meet another's. */
export function requestKeyOf(key: HmacKey, caller: string, request_id: string): string {
  return digest(key, ['ramz/request/v1', caller, request_id]);
}

/** What was asked: the same name with another digest is another request. */
export function requestDigestOf(key: HmacKey, ...asked: readonly string[]): string {
  return digest(key, ['ramz/request-digest/v1', ...asked]);
}

// The fields hold no NUL (they are checked, printable text), so NUL keeps them apart.
function digest(key: HmacKey, fields: readonly string[]): string {
  let end = 0;
  for (const field of fields) {
    if (end > 0) scratch[end++] = 0;
    // Cut fields would give two requests one digest: too long ones throw.
    end = writeText(scratch, end, field);
  }
  const mac = key.mac(scratch.subarray(0, end));
  for (let i = 0; i < DIGEST_BYTES; i++) kept[i] = mac[i] as number;
  return kept.toString('hex');
}
