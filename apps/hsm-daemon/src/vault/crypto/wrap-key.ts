// AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. A root key wraps fewer than a hundred
// keys in its life, far below the bound of 2^32 random nonces per key.
import { gcm } from '@noble/ciphers/aes.js';
import type { RandomBytes } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';

const NONCE_BYTES = 12;

/** Identifies a wrapped key. Authenticated with it, so that no key is ever taken for another. */
export interface WrappedName {
  readonly realm: string;
  readonly name: string;
  readonly version: number;
}

/**
 * Returns `nonce (12) | ciphertext | tag (16)`. The cipher is in TypeScript although the runtime's
 * is faster: the runtime keeps its copy of the root key until garbage collection, this one wipes
 * its own.
 */
export function wrapKey(wrapping: Secret, name: WrappedName, key: Secret, random: RandomBytes): Uint8Array {
  const nonce = random(NONCE_BYTES);
  const sealed = gcm(wrapping.expose(), nonce, additionalData(name)).encrypt(key.expose());
  const wrapped = new Uint8Array(NONCE_BYTES + sealed.length);
  wrapped.set(nonce);
  wrapped.set(sealed, NONCE_BYTES);
  return wrapped;
}

/** @throws WrongWrappingKey when the key, the name or the bytes are not those of the wrapping */
export function unwrapKey(wrapping: Secret, name: WrappedName, wrapped: Uint8Array): Secret {
  const nonce = wrapped.slice(0, NONCE_BYTES);
  try {
    const opened = gcm(wrapping.expose(), nonce, additionalData(name)).decrypt(wrapped.slice(NONCE_BYTES));
    const key = Secret.copy(opened);
    opened.fill(0);
    return key;
  } catch {
    throw new WrongWrappingKey(name.name);
  }
}

export class WrongWrappingKey extends Error {
  constructor(name: string) {
    super(`key ${name} does not open with this root key`);
    this.name = 'WrongWrappingKey';
  }
}

function additionalData({ realm, name, version }: WrappedName): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(['ramz/keyring/v1', realm, name, version]));
}
