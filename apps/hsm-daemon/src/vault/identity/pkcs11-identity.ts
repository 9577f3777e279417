// PKCS #11 v3.0 (OASIS), 2.3.14: an Ed25519 key that never leaves the token.

import type { Pkcs11Token } from '../root-key/pkcs11-token.ts';
import type { VaultIdentity } from './vault-identity.ts';

/** PrintableString "edwards25519": the curve's name in the standard. */
const CURVE = Buffer.from('130c656477617264733235353139', 'hex');
/** Mechanisms of v3.0, for which the package has no names. */
const CKM_EC_EDWARDS_KEY_PAIR_GEN = 0x1055;
const CKM_EDDSA = 0x1057;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const NEXT = '-next';
const ADOPTED = '-adopted';

/** The identity key in a PKCS #11 token. Reading the vault's disk or memory does not reveal it. */
export class Pkcs11Identity implements VaultIdentity {
  readonly #token: Pkcs11Token;
  readonly #label: string;
  readonly publicKey: Uint8Array;
  readonly next: Uint8Array | undefined;

  /** @throws Error when the token cannot make such a key */
  static open(token: Pkcs11Token, makesNext: boolean): Pkcs11Identity {
    const label = token.settings.identity_key;
    const next = `${label}${NEXT}`;
    rename(token, `${label}${ADOPTED}`, label);
    const publicKeyBytes = publicKey(token, label) ?? makeKey(token, label);
    const nextKey = publicKey(token, next) ?? (makesNext ? makeKey(token, next) : undefined);
    return new Pkcs11Identity(token, label, publicKeyBytes, nextKey);
  }

  private constructor(token: Pkcs11Token, label: string, publicKeyBytes: Uint8Array, next: Uint8Array | undefined) {
    this.#token = token;
    this.#label = label;
    this.publicKey = publicKeyBytes;
    this.next = next;
  }

  sign(message: Uint8Array): Promise<Uint8Array> {
    const { module, session, constants } = this.#token;
    const key = this.#token.find(constants.CKO_PRIVATE_KEY, this.#label);
    if (key === undefined) throw new Error(`the token has no key ${this.#label} any more`);
    module.C_SignInit(session, { mechanism: CKM_EDDSA }, key);
    return Promise.resolve(
      Uint8Array.from(module.C_Sign(session, Buffer.from(message), Buffer.alloc(SIGNATURE_BYTES))),
    );
  }

  /**
   * Adopts the next key. The former one signs until the next start: the people who just approved
   * know no other.
   */
  adoptNext(): void {
    rename(this.#token, `${this.#label}${NEXT}`, `${this.#label}${ADOPTED}`);
  }
}

/**
 * Renames both halves of a key and destroys a key that already has the new name. Run again after a
 * power failure, it does the rest.
 */
function rename(token: Pkcs11Token, from: string, to: string): void {
  const { module, session, constants } = token;
  for (const kind of [constants.CKO_PUBLIC_KEY, constants.CKO_PRIVATE_KEY]) {
    const [former, key] = [token.find(kind, to), token.find(kind, from)];
    if (key === undefined) continue;
    if (former !== undefined) module.C_DestroyObject(session, former);
    module.C_SetAttributeValue(session, key, [{ type: constants.CKA_LABEL, value: to }]);
  }
}

function publicKey(token: Pkcs11Token, label: string): Uint8Array | undefined {
  const { module, session, constants } = token;
  const key = token.find(constants.CKO_PUBLIC_KEY, label);
  if (key === undefined) return undefined;
  const [point] = module.C_GetAttributeValue(session, key, [{ type: constants.CKA_EC_POINT }]);
  // Depending on the vendor: an OCTET STRING around the key, or the key itself.
  return Uint8Array.from((point?.value ?? Buffer.alloc(0)).subarray(-KEY_BYTES));
}

function makeKey(token: Pkcs11Token, label: string): Uint8Array {
  const { module, session, constants: c } = token;
  const named = [
    { type: c.CKA_LABEL, value: label },
    { type: c.CKA_TOKEN, value: true },
  ];
  module.C_GenerateKeyPair(
    session,
    { mechanism: CKM_EC_EDWARDS_KEY_PAIR_GEN },
    [...named, { type: c.CKA_VERIFY, value: true }, { type: c.CKA_EC_PARAMS, value: CURVE }],
    [
      ...named,
      { type: c.CKA_PRIVATE, value: true },
      { type: c.CKA_SENSITIVE, value: true },
      { type: c.CKA_EXTRACTABLE, value: false },
      { type: c.CKA_SIGN, value: true },
    ],
  );
  const made = publicKey(token, label);
  if (made === undefined) throw new Error('the token generated a key but does not return its public half');
  return made;
}
