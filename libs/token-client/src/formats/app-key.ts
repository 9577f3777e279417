import { sha256 } from '@noble/hashes/sha2.js';

const FINGERPRINT_BYTES = 16;
const SERIAL_CHARS = 16;

/** Returns the fingerprint of an app's public key: 32 hexadecimal digits of its SHA-256. */
export function appKeyOf(publicKey: Uint8Array): string {
  const digest = sha256(publicKey).subarray(0, FINGERPRINT_BYTES);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Returns the token's serial number: it follows from the key, so no gateway can choose it. */
export function serialOf(appKey: string): string {
  return `APP-${appKey.slice(0, SERIAL_CHARS).toUpperCase()}`;
}
