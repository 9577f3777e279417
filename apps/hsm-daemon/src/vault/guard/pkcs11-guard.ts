// PKCS #11 v2.40 (OASIS): an AES-256 key that never leaves the token wraps the root key, with CKM_AES_GCM.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Secret } from '@ramz/otp-core';
import { z } from 'zod';
import type { RootGuard } from '../application/ports.ts';
import { loadPkcs11Library, type Mechanism, type Pkcs11Library, type Pkcs11Module } from './pkcs11-library.ts';

const IV_BYTES = 12;
const TAG_BITS = 128;
const ROOT_BYTES = 32;

const settingsSchema = z.strictObject({
  /** The maker's library, a .so file. */
  module: z.string().min(1),
  token: z.string().min(1),
  /** Holds the user PIN. Not the root key: with it the token uses its key, and does not give it away. */
  pin_file: z.string().min(1),
  key: z.string().min(1).default('ramz-root-guard'),
  /** What the maker's library looks for in its environment: the vault's own is empty. */
  environment: z.record(z.string(), z.string()).default({}),
});
type Settings = z.infer<typeof settingsSchema>;

/** The root key under a key of a PKCS #11 token. */
export class Pkcs11Guard implements RootGuard {
  readonly name = 'pkcs11';
  readonly #pkcs11: Pkcs11Module;
  readonly #constants: Pkcs11Library;
  readonly #session: Buffer;
  readonly #key_label: string;

  /** @throws Error that says which setting, file or token is missing */
  static open(path: string): Pkcs11Guard {
    const parsed = settingsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (!parsed.success)
      throw new Error(
        `${path}: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`,
      );
    return new Pkcs11Guard(parsed.data);
  }

  private constructor(settings: Settings) {
    Object.assign(process.env, settings.environment);
    this.#constants = loadPkcs11Library();
    this.#pkcs11 = new this.#constants.PKCS11();
    this.#pkcs11.load(settings.module);
    this.#pkcs11.C_Initialize();
    this.#session = this.#logIn(settings);
    this.#key_label = settings.key;
  }

  wrap(root: Secret): Promise<Uint8Array> {
    const iv = randomBytes(IV_BYTES);
    this.#pkcs11.C_EncryptInit(this.#session, this.#mechanism(iv), this.#findKey() ?? this.#makeKey());
    const sealed = this.#pkcs11.C_Encrypt(this.#session, bufferOn(root.expose()), Buffer.alloc(ROOT_BYTES + 64));
    return Promise.resolve(Uint8Array.from(Buffer.concat([iv, sealed])));
  }

  unwrap(guarded: Uint8Array): Promise<Secret> {
    const key = this.#findKey();
    if (key === undefined) throw new Error(`the token has no key ${this.#key_label}`);
    this.#pkcs11.C_DecryptInit(this.#session, this.#mechanism(Buffer.from(guarded.subarray(0, IV_BYTES))), key);
    const into = Buffer.from(new ArrayBuffer(ROOT_BYTES + 64));
    try {
      return Promise.resolve(
        Secret.copy(this.#pkcs11.C_Decrypt(this.#session, Buffer.from(guarded.subarray(IV_BYTES)), into)),
      );
    } finally {
      into.fill(0);
    }
  }

  #logIn({ token, pin_file }: Settings): Buffer {
    const slot = this.#pkcs11
      .C_GetSlotList(true)
      .find((one) => this.#pkcs11.C_GetTokenInfo(one).label.trim() === token);
    if (slot === undefined) throw new Error(`there is no PKCS #11 token labelled ${token}`);
    const { CKF_SERIAL_SESSION, CKF_RW_SESSION, CKU_USER } = this.#constants;
    const session = this.#pkcs11.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION);
    // The library takes the PIN as a string, which can not be wiped.
    this.#pkcs11.C_Login(session, CKU_USER, readFileSync(pin_file, 'utf8').trim());
    return session;
  }

  #mechanism(iv: Buffer): Mechanism {
    const { CKM_AES_GCM, CK_PARAMS_AES_GCM } = this.#constants;
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
    const { CKA_CLASS, CKA_LABEL, CKO_SECRET_KEY } = this.#constants;
    this.#pkcs11.C_FindObjectsInit(this.#session, [
      { type: CKA_CLASS, value: CKO_SECRET_KEY },
      { type: CKA_LABEL, value: this.#key_label },
    ]);
    const [key] = this.#pkcs11.C_FindObjects(this.#session, 1);
    this.#pkcs11.C_FindObjectsFinal(this.#session);
    return key;
  }

  /** Made in the token, sensitive and not extractable: it is never outside. */
  #makeKey(): Buffer {
    const c = this.#constants;
    return this.#pkcs11.C_GenerateKey(this.#session, { mechanism: c.CKM_AES_KEY_GEN }, [
      { type: c.CKA_CLASS, value: c.CKO_SECRET_KEY },
      { type: c.CKA_KEY_TYPE, value: c.CKK_AES },
      { type: c.CKA_LABEL, value: this.#key_label },
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

/** The same bytes as a Buffer, which the library wants: no copy. */
function bufferOn(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
