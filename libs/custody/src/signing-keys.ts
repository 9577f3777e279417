// RFC 8032, Ed25519.
import { Secret, secretBytes } from '@ramz/otp-core';
import { exactBuffer, withWipedCopy } from './envelope-suite.ts';
import { CustodyError } from './errors.ts';

const ALGORITHM = 'Ed25519';
export const SIGNATURE_BYTES = 64;
export const SIGNING_KEY_BYTES = 32;
/** RFC 8410: the fixed prefix of a PKCS #8 Ed25519 private key. The 32 bytes of the seed follow. */
const PKCS8_HEAD = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20] as const;

/** A signing key pair. The private key stays in the runtime's key object. */
export class SigningKeys {
  readonly publicKey: Uint8Array;
  readonly #privateKey: CryptoKey;

  private constructor(publicKey: Uint8Array, privateKey: CryptoKey) {
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  static async make(): Promise<SigningKeys> {
    const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    return new SigningKeys(publicKey, pair.privateKey);
  }

  /** @param seed 32 bytes, as `export` returns them; the caller wipes them */
  static async load(publicKey: Uint8Array, seed: Secret): Promise<SigningKeys> {
    if (seed.length !== SIGNING_KEY_BYTES) throw new CustodyError('secret-length', 'a signing key has 32 bytes');
    using pkcs8 = Secret.own(secretBytes(PKCS8_HEAD.length + SIGNING_KEY_BYTES));
    pkcs8.expose().set(PKCS8_HEAD);
    pkcs8.expose().set(seed.expose(), PKCS8_HEAD.length);
    const key = await withWipedCopy(pkcs8.expose(), (copy) =>
      crypto.subtle.importKey('pkcs8', copy, ALGORITHM, false, ['sign']),
    );
    return new SigningKeys(publicKey, key);
  }

  /** Exports the private key of a pair from `make`, for its key file. The caller wipes it. */
  async export(): Promise<Secret> {
    using pkcs8 = Secret.own(new Uint8Array(await crypto.subtle.exportKey('pkcs8', this.#privateKey)));
    return Secret.copy(pkcs8.expose().subarray(PKCS8_HEAD.length));
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.sign(ALGORITHM, this.#privateKey, exactBuffer(message)));
  }
}

/** Returns whether `signature` over `message` is valid. Also false for an invalid `publicKey`. */
export async function signatureHolds(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== SIGNING_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  try {
    const key = await crypto.subtle.importKey('raw', exactBuffer(publicKey), ALGORITHM, false, ['verify']);
    return await crypto.subtle.verify(ALGORITHM, key, exactBuffer(signature), exactBuffer(message));
  } catch {
    return false;
  }
}
