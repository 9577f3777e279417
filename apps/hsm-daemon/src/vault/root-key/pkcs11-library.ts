// PKCS #11 v2.40 (OASIS), section 5, and v3.0: the calls that Ramz makes, under the standard's own
// names. Declared here because the package is optional: where it was not compiled, its types are
// absent too.
import { createRequire } from 'node:module';

/** CK_MECHANISM; for AES-GCM with CK_GCM_PARAMS, whose lengths are in bits. */
export interface Mechanism {
  mechanism: number;
  parameter?: { type: number; iv: Buffer; ivBits: number; aad: Buffer; tagBits: number };
}

export type Attributes = { type: number; value?: number | string | boolean | Buffer }[];

/** A loaded vendor library. Slots, sessions and objects are handles, which are Buffers here. */
export interface Pkcs11Module {
  load(path: string): void;
  C_Initialize(): void;
  C_GetSlotList(tokenPresent: boolean): Buffer[];
  C_GetTokenInfo(slot: Buffer): { label: string; serialNumber: string };
  C_OpenSession(slot: Buffer, flags: number): Buffer;
  C_Login(session: Buffer, user: number, pin: string): void;
  C_FindObjectsInit(session: Buffer, template: Attributes): void;
  C_FindObjects(session: Buffer, most: number): Buffer[];
  C_FindObjectsFinal(session: Buffer): void;
  C_GenerateKey(session: Buffer, mechanism: Mechanism, template: Attributes): Buffer;
  C_GenerateKeyPair(
    session: Buffer,
    mechanism: Mechanism,
    publicTemplate: Attributes,
    privateTemplate: Attributes,
  ): { publicKey: Buffer; privateKey: Buffer };
  C_GetAttributeValue(session: Buffer, object: Buffer, template: Attributes): { type: number; value: Buffer }[];
  C_SetAttributeValue(session: Buffer, object: Buffer, template: Attributes): void;
  C_DestroyObject(session: Buffer, object: Buffer): void;
  C_SignInit(session: Buffer, mechanism: Mechanism, key: Buffer): void;
  C_Sign(session: Buffer, message: Buffer, into: Buffer): Buffer;
  C_EncryptInit(session: Buffer, mechanism: Mechanism, key: Buffer): void;
  C_Encrypt(session: Buffer, clear: Buffer, into: Buffer): Buffer;
  C_DecryptInit(session: Buffer, mechanism: Mechanism, key: Buffer): void;
  C_Decrypt(session: Buffer, sealed: Buffer, into: Buffer): Buffer;
}

type Constant =
  | 'CKF_SERIAL_SESSION'
  | 'CKF_RW_SESSION'
  | 'CKU_USER'
  | 'CKM_AES_GCM'
  | 'CKM_AES_KEY_GEN'
  | 'CK_PARAMS_AES_GCM'
  | 'CKO_SECRET_KEY'
  | 'CKO_PUBLIC_KEY'
  | 'CKO_PRIVATE_KEY'
  | 'CKK_AES'
  | `CKA_${'CLASS' | 'KEY_TYPE' | 'LABEL' | 'VALUE_LEN' | 'TOKEN' | 'PRIVATE' | 'SENSITIVE' | 'EXTRACTABLE'}`
  | `CKA_${'ENCRYPT' | 'DECRYPT' | 'SIGN' | 'VERIFY' | 'EC_PARAMS' | 'EC_POINT'}`;

export type Pkcs11Library = Readonly<Record<Constant, number>> & { PKCS11: new () => Pkcs11Module };

/** @throws Error that says what to install, when the optional package was not compiled */
export function loadPkcs11Library(): Pkcs11Library {
  try {
    return createRequire(import.meta.url)('pkcs11js') as Pkcs11Library;
  } catch (error) {
    throw new Error(
      'mode pkcs11 needs the package pkcs11js, which is compiled when it is installed: install g++, make and python3, then npm ci',
      { cause: error },
    );
  }
}
