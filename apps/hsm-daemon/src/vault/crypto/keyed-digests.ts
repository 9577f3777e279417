import type { HmacKey } from '@ramz/otp-core';

const DIGEST_BYTES = 16;
const encoder = new TextEncoder();

/**
 * A card number has only about 30 unknown bits, so a plain hash of it is the number itself to anyone
 * with a graphics card: everything here is keyed. Each digest is 32 hexadecimal digits.
 */
export function subjectOf(key: HmacKey, card_number: string): string {
  return digest(key, ['ramz/card/v1', card_number]);
}

/** Names a request: one caller can never meet another's. */
export function requestKeyOf(key: HmacKey, caller: string, request_id: string): string {
  return digest(key, ['ramz/request/v1', caller, request_id]);
}

/** What was asked: the same name with another digest is another request. */
export function requestDigestOf(key: HmacKey, subject: string, purpose: string, code: string): string {
  return digest(key, ['ramz/request-digest/v1', subject, purpose, code]);
}

// The fields hold no NUL (they are checked, printable text), so NUL keeps them apart.
function digest(key: HmacKey, fields: readonly string[]): string {
  const mac = key.mac(encoder.encode(fields.join('\0')));
  return Buffer.from(mac.buffer, mac.byteOffset, DIGEST_BYTES).toString('hex');
}
