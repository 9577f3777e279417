import type { HmacKey } from '@ramz/otp-core';

const DIGEST_BYTES = 16;
/** Longer than the longest fields together: a caller's name and a request id of 64 characters each. */
const scratch = Buffer.allocUnsafeSlow(512);
const encoder = new TextEncoder();

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
  const text = fields.join('\0');
  const { read, written } = encoder.encodeInto(text, scratch);
  // Cut fields would give two requests one digest.
  if (read !== text.length) throw new RangeError('the fields of a digest are too long');
  const mac = key.mac(scratch.subarray(0, written));
  return Buffer.from(mac.buffer, mac.byteOffset, DIGEST_BYTES).toString('hex');
}
