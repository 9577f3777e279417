// Key check values: AES-CMAC (RFC 4493) of a block of zeros for AES keys, cut to 5 bytes at most
// (ANSI X9.24-1, appendix A); a truncated HMAC of a fixed label for HMAC keys.
import { cmac } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Secret } from '@ramz/otp-core';
import { hexOf } from './hex.ts';

const KCV_BYTES = 5;
const HMAC_LABEL = new TextEncoder().encode('ramz/kcv/v1');

/** Returns the KCV of an AES key, in hexadecimal. Not secret: it may be read aloud. */
export function aesKeyCheckValue(key: Secret): string {
  // The library takes the message first, then the key.
  return hexOf(cmac(new Uint8Array(16), key.expose()).subarray(0, KCV_BYTES));
}

/** Returns the KCV of an HMAC key, in hexadecimal. */
export function hmacKeyCheckValue(key: Secret): string {
  return hexOf(hmac(sha256, key.expose(), HMAC_LABEL).subarray(0, KCV_BYTES));
}
