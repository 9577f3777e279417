// RFC 9180 (HPKE), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { EnvelopeUse } from './envelope-use.ts';

const suite: CipherSuite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

export function envelopeSuite(): CipherSuite {
  return suite;
}

export function envelopeInfo(use: EnvelopeUse): ArrayBuffer {
  return textBuffer(`ramz/envelope/v1/${use}`);
}

export function textBuffer(value: string): ArrayBuffer {
  return exactBuffer(new TextEncoder().encode(value));
}

/** Copies bytes to an ArrayBuffer of exactly their size, for WebCrypto. Wipe copies of secrets. */
export function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

/** Runs `use` on such a copy of a secret, and wipes the copy. */
export async function withWipedCopy<T>(bytes: Uint8Array, use: (copy: ArrayBuffer) => Promise<T>): Promise<T> {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  try {
    return await use(copy);
  } finally {
    new Uint8Array(copy).fill(0);
  }
}
