import { sha256 } from '@noble/hashes/sha2.js';

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Of what is no secret: a string cannot be wiped. */
export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (let i = 0; i < bytes.length; i++) hex += DIGITS[bytes[i] ?? 0];
  return hex;
}

/** Bytes of hexadecimal digits that were checked before: anything else comes out as zeros. */
export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length >>> 1 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** SHA-256 in hexadecimal. */
export function sha256Hex(bytes: Uint8Array): string {
  return hexOf(sha256(bytes));
}
