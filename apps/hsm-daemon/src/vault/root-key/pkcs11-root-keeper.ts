// PKCS #11 v2.40 (OASIS): an AES-256 key that never leaves the token wraps the root key with
// CKM_AES_GCM.
import { randomBytes } from 'node:crypto';
import { Secret } from '@ramz/otp-core';
import type { Mechanism } from './pkcs11-library.ts';
import { Pkcs11Token } from './pkcs11-token.ts';
import type { RootKeeper } from './root-keeper.ts';

const IV_BYTES = 12;
const TAG_BITS = 128;
const ROOT_BYTES = 32;

/** Keeps the root key under a key of a PKCS #11 token. */
export class Pkcs11RootKeeper implements RootKeeper {
  readonly name = 'pkcs11';
  readonly #token: Pkcs11Token;

  /** @throws Error that says which setting, file or token is missing */
  static open(path: string): Pkcs11RootKeeper {
    return new Pkcs11RootKeeper(Pkcs11Token.open(path));
  }

  private constructor(token: Pkcs11Token) {
    this.#token = token;
  }

  wrap(root: Secret): Promise<Uint8Array> {
    const iv = randomBytes(IV_BYTES);
    this.#token.module.C_EncryptInit(this.#token.session, this.#mechanism(iv), this.#findKey() ?? this.#makeKey());
    const sealed = this.#token.module.C_Encrypt(
      this.#token.session,
      bufferOn(root.expose()),
      Buffer.alloc(ROOT_BYTES + 64),
    );
    return Promise.resolve(Uint8Array.from(Buffer.concat([iv, sealed])));
  }

  unwrap(guarded: Uint8Array): Promise<Secret> {
    const key = this.#findKey();
    if (key === undefined) throw new Error(`the token has no key ${this.#token.settings.key}`);
    this.#token.module.C_DecryptInit(
      this.#token.session,
      this.#mechanism(Buffer.from(guarded.subarray(0, IV_BYTES))),
      key,
    );
    const into = Buffer.from(new ArrayBuffer(ROOT_BYTES + 64));
    try {
      return Promise.resolve(
        Secret.copy(this.#token.module.C_Decrypt(this.#token.session, Buffer.from(guarded.subarray(IV_BYTES)), into)),
      );
    } finally {
      into.fill(0);
    }
  }

  #mechanism(iv: Buffer): Mechanism {
    const { CKM_AES_GCM, CK_PARAMS_AES_GCM } = this.#token.constants;
    const parameter = {
      type: CK_PARAMS_AES_GCM,
      iv,
      ivBits: IV_BYTES * 8,
      aad: Buffer.from('ramz/root-guard/v1'),
      tagBits: TAG_BITS,
    };
    return { mechanism: CKM_AES_GCM, parameter };
  }

  #findKey(): Buffer | undefined {
    return this.#token.find(this.#token.constants.CKO_SECRET_KEY, this.#token.settings.key);
  }

  /** Generates the key in the token, sensitive and not extractable: it never leaves the token. */
  #makeKey(): Buffer {
    const c = this.#token.constants;
    return this.#token.module.C_GenerateKey(this.#token.session, { mechanism: c.CKM_AES_KEY_GEN }, [
      { type: c.CKA_CLASS, value: c.CKO_SECRET_KEY },
      { type: c.CKA_KEY_TYPE, value: c.CKK_AES },
      { type: c.CKA_LABEL, value: this.#token.settings.key },
      { type: c.CKA_VALUE_LEN, value: 32 },
      { type: c.CKA_TOKEN, value: true },
      { type: c.CKA_PRIVATE, value: true },
      { type: c.CKA_SENSITIVE, value: true },
      { type: c.CKA_EXTRACTABLE, value: false },
      { type: c.CKA_ENCRYPT, value: true },
      { type: c.CKA_DECRYPT, value: true },
    ]);
  }
}

/** Returns the same bytes, not a copy, as the Buffer that the library requires. */
function bufferOn(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
