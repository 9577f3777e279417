// PKCS #11 v2.40 and v3.0 (OASIS): a token with an open, logged-in session.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadPkcs11Library, type Pkcs11Library, type Pkcs11Module } from './pkcs11-library.ts';

const settingsSchema: z.ZodType<Pkcs11Settings> = z.strictObject({
  /** The vendor's library, a .so file. */
  module: z.string().min(1),
  token: z.string().min(1),
  /** Of the token, where two have one label. */
  serial: z.string().min(1).optional(),
  /** Contains the user PIN. It is not a key: it lets the token use its keys, not export them. */
  pin_file: z.string().min(1),
  key: z.string().min(1).default('ramz-root-guard'),
  identity_key: z.string().min(1).default('ramz-identity'),
  /** Environment variables for the vendor's library: the vault's own environment is empty. */
  environment: z.record(z.string(), z.string()).default({}),
});

export interface Pkcs11Settings {
  readonly module: string;
  readonly token: string;
  readonly serial?: string | undefined;
  readonly pin_file: string;
  readonly key: string;
  readonly identity_key: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Open tokens by settings path: a library is initialized once per process. */
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

  /** Returns the key of this class and label; undefined when there is none. */
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

  /**
   * Finds the token before a PIN is tried: a wrong token would count it as a wrong PIN.
   * @throws Error that names the tokens to choose from
   */
  #slot(): Buffer {
    const { token, serial } = this.settings;
    const named = this.module.C_GetSlotList(true).flatMap((slot) => {
      const { label, serialNumber } = this.module.C_GetTokenInfo(slot);
      return label.trim() === token ? [{ slot, serialNumber: serialNumber.trim() }] : [];
    });
    const meant = named.filter(({ serialNumber }) => serial === undefined || serialNumber === serial);
    const [one, ...others] = meant;
    if (one !== undefined && others.length === 0) return one.slot;
    const serials = named.map(({ serialNumber }) => serialNumber).join(', ');
    if (named.length === 0) throw new Error(`there is no PKCS #11 token labelled ${token}`);
    if (one === undefined)
      throw new Error(`no PKCS #11 token labelled ${token} has the serial ${serial}: there are ${serials}`);
    throw new Error(`${named.length} PKCS #11 tokens are labelled ${token}: name one by "serial": ${serials}`);
  }

  #logIn(): Buffer {
    const slot = this.#slot();
    const { pin_file: pinFile } = this.settings;
    const { CKF_SERIAL_SESSION, CKF_RW_SESSION, CKU_USER } = this.constants;
    const session = this.module.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION);
    // The library takes the PIN as a string, which cannot be wiped.
    this.module.C_Login(session, CKU_USER, readFileSync(pinFile, 'utf8').trim());
    return session;
  }
}
