// AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. A root key wraps fewer than a hundred keys in
// its life, so the bound of 2^32 random nonces a key is far away.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { Secret } from '@ramz/otp-core';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a wrapped key is: authenticated with it, so that no key is ever taken for another. */
export interface KeyName {
  readonly realm: string;
  readonly name: string;
  readonly version: number;
}

/** `nonce (12) | ciphertext | tag (16)` */
export function wrapKey(wrapping: Secret, name: KeyName, key: Secret): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  // A KeyObject made once: with a raw key this Node is six times slower, and the bytes stay on the heap.
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(wrapping.expose()), nonce);
  cipher.setAAD(additionalData(name));
  const sealed = cipher.update(key.expose());
  return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]);
}

/** @throws WrongWrappingKey when the key, the name or the bytes are not those of the wrapping */
export function unwrapKey(wrapping: Secret, name: KeyName, wrapped: Uint8Array): Secret {
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const tag = wrapped.subarray(wrapped.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(wrapping.expose()), nonce);
  decipher.setAAD(additionalData(name));
  decipher.setAuthTag(tag);
  const key = Secret.own(Uint8Array.from(decipher.update(wrapped.subarray(NONCE_BYTES, wrapped.length - TAG_BYTES))));
  try {
    decipher.final();
    return key;
  } catch {
    key.wipe();
    throw new WrongWrappingKey(name.name);
  }
}

export class WrongWrappingKey extends Error {
  constructor(name: string) {
    super(`key ${name} does not open with this root key`);
    this.name = 'WrongWrappingKey';
  }
}

function additionalData({ realm, name, version }: KeyName): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(['ramz/keyring/v1', realm, name, version]));
}
