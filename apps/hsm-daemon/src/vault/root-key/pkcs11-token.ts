// PKCS #11 v2.40 and v3.0 (OASIS): a token, logged in to.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadPkcs11Library, type Pkcs11Library, type Pkcs11Module } from './pkcs11-library.ts';

const settingsSchema: z.ZodType<Pkcs11Settings> = z.strictObject({
  /** The maker's library, a .so file. */
  module: z.string().min(1),
  token: z.string().min(1),
  /** Holds the user PIN. Not a key: with it the token uses its keys, and does not give them away. */
  pin_file: z.string().min(1),
  key: z.string().min(1).default('ramz-root-guard'),
  identity_key: z.string().min(1).default('ramz-identity'),
  /** What the maker's library looks for in its environment: the vault's own is empty. */
  environment: z.record(z.string(), z.string()).default({}),
});

export interface Pkcs11Settings {
  readonly module: string;
  readonly token: string;
  readonly pin_file: string;
  readonly key: string;
  readonly identity_key: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Opened once: a library is initialised once in a process. */
const opened = new Map<string, Pkcs11Token>();

export class Pkcs11Token {
  readonly settings: Pkcs11Settings;
  readonly constants: Pkcs11Library;
  readonly module: Pkcs11Module;
  readonly session: Buffer;

  /** @throws Error that says which setting, file or token is missing */
  static open(path: string): Pkcs11Token {
    const known = opened.get(path);
    if (known !== undefined) return known;
    const parsed = settingsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    const [issue] = parsed.error?.issues ?? [];
    if (!parsed.success) throw new Error(`${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    const token = new Pkcs11Token(parsed.data);
    opened.set(path, token);
    return token;
  }

  private constructor(settings: Pkcs11Settings) {
    Object.assign(process.env, settings.environment);
    this.settings = settings;
    this.constants = loadPkcs11Library();
    this.module = new this.constants.PKCS11();
    this.module.load(settings.module);
    this.module.C_Initialize();
    this.session = this.#logIn();
  }

  /** The key of this class and label; undefined when there is none. */
  find(objectClass: number, label: string): Buffer | undefined {
    const { CKA_CLASS, CKA_LABEL } = this.constants;
    this.module.C_FindObjectsInit(this.session, [
      { type: CKA_CLASS, value: objectClass },
      { type: CKA_LABEL, value: label },
    ]);
    const [key] = this.module.C_FindObjects(this.session, 1);
    this.module.C_FindObjectsFinal(this.session);
    return key;
  }

  #logIn(): Buffer {
    const { token, pin_file: pinFile } = this.settings;
    const slot = this.module.C_GetSlotList(true).find((one) => this.module.C_GetTokenInfo(one).label.trim() === token);
    if (slot === undefined) throw new Error(`there is no PKCS #11 token labelled ${token}`);
    const { CKF_SERIAL_SESSION, CKF_RW_SESSION, CKU_USER } = this.constants;
    const session = this.module.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION);
    // The library takes the PIN as a string, which cannot be wiped.
    this.module.C_Login(session, CKU_USER, readFileSync(pinFile, 'utf8').trim());
    return session;
  }
}
