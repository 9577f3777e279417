// AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce, under a key derived from the card index
// key. A bank seals a few million references in the life of that key, far below 2^32.
import { gcm } from '@noble/ciphers/aes.js';
import type { RandomBytes } from '@ramz/custody';
import { type HmacKey, secretBytes } from '@ramz/otp-core';
import { deriveKey } from './derive-key.ts';

const NONCE_BYTES = 12;
const KEY_BYTES = 32;

/** Seals the core's name of a subject: `nonce (12) | ciphertext | tag (16)`; empty stays empty. */
export function sealReference(cardIndex: HmacKey, subject: string, reference: string, random: RandomBytes): Uint8Array {
  if (reference === '') return new Uint8Array();
  using key = keyOf(cardIndex);
  const nonce = random(NONCE_BYTES);
  const sealed = gcm(key.expose(), nonce, Buffer.from(subject)).encrypt(Buffer.from(reference));
  return Uint8Array.from([...nonce, ...sealed]);
}

/** Returns the name; empty for an empty one, or for bytes that this key has not sealed. */
export function openReference(cardIndex: HmacKey, subject: string, sealed: Uint8Array): string {
  if (sealed.length === 0) return '';
  using key = keyOf(cardIndex);
  const nonce = sealed.slice(0, NONCE_BYTES);
  try {
    return Buffer.from(gcm(key.expose(), nonce, Buffer.from(subject)).decrypt(sealed.slice(NONCE_BYTES))).toString();
  } catch {
    return '';
  }
}

function keyOf(cardIndex: HmacKey) {
  return deriveKey(cardIndex, 'ramz/reference/v1', [], secretBytes(KEY_BYTES));
}
