import { randomFillSync } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
  bytesOfHex,
  CustodyError,
  fingerprintOf,
  hexOf,
  openWithPassphrase,
  PERSON_ROLES,
  type Person,
  type PersonRole,
  RecipientKeys,
  SigningKeys,
  sealWithPassphrase,
} from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import { z } from 'zod';

const KEY_BYTES = 32;
const hex = z.string().regex(/^[0-9a-f]+$/);
const fileSchema = z.strictObject({
  ramz: z.literal('person-keys/v1'),
  realm: z.enum(['test', 'live']),
  name: z.string(),
  role: z.enum(PERSON_ROLES),
  signing_key: hex,
  sealing_key: hex,
  /** Both private keys: under the passphrase, or in clear in rehearsals of the test realm. */
  sealed: hex.optional(),
  unprotected: hex.optional(),
  /** The vault whose fingerprint was compared: a vault with another one is rejected. */
  vault: hex.optional(),
  /** The vaults of further daemons on the same database. */
  more_vaults: z.array(hex).max(16).optional(),
  /** Vaults that are always rejected, without comparison: their identity was stolen or replaced. */
  forgotten_vaults: z.array(hex).max(64).optional(),
});
type PersonKeyFile = z.infer<typeof fileSchema>;

/** One person's two key pairs: one signs statements, the other opens envelopes. */
export class PersonKeys {
  readonly person: Person;
  readonly realm: 'test' | 'live';
  readonly signing: SigningKeys;
  readonly sealing: RecipientKeys;

  private constructor(person: Person, realm: 'test' | 'live', signing: SigningKeys, sealing: RecipientKeys) {
    this.person = person;
    this.realm = realm;
    this.signing = signing;
    this.sealing = sealing;
  }

  static async make(name: string, role: PersonRole, realm: 'test' | 'live'): Promise<PersonKeys> {
    const signing = await SigningKeys.make();
    const sealing = await RecipientKeys.make();
    const keys = { signing_key: hexOf(signing.publicKey), sealing_key: hexOf(sealing.publicKey) };
    return new PersonKeys({ name, role, ...keys }, realm, signing, sealing);
  }

  /** The fingerprint of both public keys, to be read aloud. */
  get fingerprint(): string {
    return personFingerprint(this.person);
  }

  /**
   * Writes the key file. Without a passphrase it contains the keys in clear, which only the test
   * realm allows.
   * @throws Error when the file already exists
   */
  async save(path: string, passphrase: Secret | undefined): Promise<void> {
    if (existsSync(path)) throw new Error(`${path} already exists: a key file is never overwritten`);
    if (passphrase === undefined && this.realm === 'live')
      throw new Error('a key of the live realm needs a passphrase');
    using both = await this.#privateHalves();
    const kept =
      passphrase === undefined
        ? { unprotected: hexOf(both.expose()) }
        : { sealed: hexOf(sealWithPassphrase(passphrase, both, contextOf(this.person, this.realm), randomSecret)) };
    const file: PersonKeyFile = { ramz: 'person-keys/v1', realm: this.realm, ...this.person, ...kept };
    writeFileSync(path, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }

  /**
   * @param passphrase called only when the file is protected
   * @throws CustodyError `passphrase-wrong`; Error for a file that is not a key file
   */
  static async load(path: string, passphrase: () => Promise<Secret>): Promise<PersonKeys> {
    const { realm, sealed, unprotected, name, role, signing_key: signingKey, sealing_key: sealingKey } = readFile(path);
    const person = { name, role, signing_key: signingKey, sealing_key: sealingKey };
    using both =
      sealed === undefined
        ? Secret.copy(Buffer.from(unprotected ?? '', 'hex'))
        : await unlock(sealed, person, realm, passphrase);
    if (both.length !== 2 * KEY_BYTES) throw new Error(`${path} is not a key file`);
    using signingSeed = Secret.copy(both.expose().subarray(0, KEY_BYTES));
    using sealingSeed = Secret.copy(both.expose().subarray(KEY_BYTES));
    return new PersonKeys(
      person,
      realm,
      await SigningKeys.load(bytesOfHex(person.signing_key), signingSeed),
      await RecipientKeys.load(bytesOfHex(person.sealing_key), sealingSeed),
    );
  }

  async #privateHalves(): Promise<Secret> {
    using signing = await this.signing.export();
    using sealing = await this.sealing.export();
    const both = Secret.own(secretBytes(2 * KEY_BYTES));
    both.expose().set(signing.expose());
    both.expose().set(sealing.expose(), KEY_BYTES);
    return both;
  }
}

/**
 * Returns whose key file it is, without its secrets.
 * @throws Error for a file that is not a key file
 */
export function readPerson(path: string): {
  readonly person: Person;
  readonly realm: 'test' | 'live';
  readonly isProtected: boolean;
} {
  const { name, role, signing_key: signingKey, sealing_key: sealingKey, realm, sealed } = readFile(path);
  return {
    person: { name, role, signing_key: signingKey, sealing_key: sealingKey },
    realm,
    isProtected: sealed !== undefined,
  };
}

/** Returns the vaults that this person knows; none before the first ceremony. */
export function knownVaults(path: string): Uint8Array[] {
  const { vault, more_vaults: moreVaults = [] } = readFile(path);
  return vault === undefined ? [] : [vault, ...moreVaults].map(bytesOfHex);
}

/** Returns the vaults that this person has forgotten and rejects. */
export function forgottenVaults(path: string): Uint8Array[] {
  return (readFile(path).forgotten_vaults ?? []).map(bytesOfHex);
}

/**
 * Forgets a vault for good. The next one is compared like the first.
 * @throws Error for an unknown vault
 */
export function forgetVault(path: string, identity: Uint8Array): void {
  const { vault, more_vaults: moreVaults = [], forgotten_vaults: forgotten = [], ...file } = readFile(path);
  const gone = hexOf(identity);
  const known = [...(vault === undefined ? [] : [vault]), ...moreVaults];
  if (!known.includes(gone)) throw new Error(`${path} does not know the vault ${fingerprintOf(identity)}`);
  const [first, ...more] = known.filter((one) => one !== gone);
  const left = {
    ...file,
    ...(first !== undefined && { vault: first }),
    ...(more.length > 0 && { more_vaults: more }),
    forgotten_vaults: [...forgotten, gone],
  };
  putFile(path, left);
}

/** Replaces the key file atomically: it may be the only copy of a person's keys. */
function putFile(path: string, file: PersonKeyFile): void {
  if (!fileSchema.safeParse(file).success)
    throw new Error(`${path} knows too many vaults to remember one more: make a new key file`);
  writeFileSync(`${path}.new`, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Remembers a vault whose fingerprint was compared. */
export function rememberVault(path: string, identity: Uint8Array): void {
  const file = readFile(path);
  const { vault = hexOf(identity), more_vaults: moreVaults = [] } = file;
  const more = vault === hexOf(identity) ? moreVaults : [...moreVaults, hexOf(identity)];
  putFile(path, { ...file, vault, ...(more.length > 0 && { more_vaults: more }) });
}

export function personFingerprint({ signing_key: signingKey, sealing_key: sealingKey }: Person): string {
  return fingerprintOf(bytesOfHex(signingKey), bytesOfHex(sealingKey));
}

export function randomSecret(length: number): Uint8Array {
  return randomFillSync(secretBytes(length));
}

async function unlock(
  sealed: string,
  person: Person,
  realm: string,
  passphrase: () => Promise<Secret>,
): Promise<Secret> {
  using typed = await passphrase();
  return openWithPassphrase(typed, bytesOfHex(sealed), contextOf(person, realm));
}

function readFile(path: string): PersonKeyFile {
  const text = readFileSync(path, 'utf8');
  const parsed = fileSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new CustodyError('statement-malformed', `${path} is not a person's key file`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function contextOf({ name, role, signing_key: signingKey, sealing_key: sealingKey }: Person, realm: string): string {
  return JSON.stringify(['ramz/person-keys/v1', realm, name, role, signingKey, sealingKey]);
}
