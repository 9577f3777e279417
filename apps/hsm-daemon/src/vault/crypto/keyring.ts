import { hmacKeyCheckValue, type RandomBytes, SigningKeys } from '@ramz/custody';
import { HmacKey, Secret } from '@ramz/otp-core';
import { type KeyName, type KeyRecord, keyState, mayProcess, newKeyRecord } from '../domain/keys/key-record.ts';
import { unwrapKey, wrapKey } from './wrap-key.ts';

const KEY_BYTES = 32;

/** A key of the keyring as the store keeps it: wrapped under the root key, its check value in clear. */
export interface WrappedKey extends KeyRecord {
  /** Empty once the key is destroyed. */
  readonly wrapped: Uint8Array;
  /** Of a signing key; empty for others. */
  readonly public_key: Uint8Array;
}

/** The keys that the vault works with while it is operational. */
export class Keyring {
  /** By epoch. Every card's seed derives from one of them. */
  readonly seed_masters: ReadonlyMap<number, HmacKey>;
  /** Turns card numbers and requests into what the store may hold. */
  readonly card_index: HmacKey;
  /** Signs the checkpoints of the audit log. */
  readonly audit: SigningKeys;

  private constructor(seed_masters: ReadonlyMap<number, HmacKey>, card_index: HmacKey, audit: SigningKeys) {
    this.seed_masters = seed_masters;
    this.card_index = card_index;
    this.audit = audit;
  }

  /** @throws WrongWrappingKey; Error when a key is missing or its check value differs */
  static async open(root: Secret, realm: string, wrapped: readonly WrappedKey[]): Promise<Keyring> {
    const named = (name: KeyName) => wrapped.filter((key) => key.name === name);
    const only = (name: KeyName) => {
      const [found] = named(name);
      if (found === undefined) throw new Error(`the keyring has no ${realm} key named ${name}`);
      return found;
    };
    const masters = named('seed-master').filter(mayProcess);
    return new Keyring(
      new Map(masters.map((key) => [key.version, openHmacKey(root, realm, key)])),
      openHmacKey(root, realm, only('card-index')),
      await openSigningKeys(root, realm, only('audit')),
    );
  }

  wipe(): void {
    for (const master of this.seed_masters.values()) master.wipe();
    this.card_index.wipe();
  }
}

/** Draws the first keyring and wraps it under `root`. */
export async function makeKeys(
  root: Secret,
  seed: Secret,
  realm: string,
  now_ms: number,
  random: RandomBytes,
): Promise<WrappedKey[]> {
  using card_index = Secret.own(random(KEY_BYTES));
  const audit = await SigningKeys.make();
  using audit_seed = await audit.export();
  const audit_record = newKeyRecord('audit', 1, 'Ed25519', '', now_ms);
  return [
    wrapSeedMaster(root, seed, 1, realm, now_ms, random),
    wrapNew(
      root,
      card_index,
      newKeyRecord('card-index', 1, 'HMAC-SHA-256', hmacKeyCheckValue(card_index), now_ms),
      realm,
      random,
    ),
    { ...wrapNew(root, audit_seed, audit_record, realm, random), public_key: audit.public_key },
  ];
}

export function wrapSeedMaster(
  root: Secret,
  seed: Secret,
  epoch: number,
  realm: string,
  now_ms: number,
  random: RandomBytes,
): WrappedKey {
  const record = newKeyRecord('seed-master', epoch, 'SP 800-108 HMAC-SHA-256', hmacKeyCheckValue(seed), now_ms);
  return wrapNew(root, seed, record, realm, random);
}

/** The keyring under another root key. The keys themselves stay what they are. */
export function rewrapKeys(
  from: Secret,
  to: Secret,
  keys: readonly WrappedKey[],
  realm: string,
  random: RandomBytes,
): WrappedKey[] {
  return keys.map((key) => {
    if (keyState(key) === 'destroyed') return key;
    using open = unwrapKey(from, { ...key, realm }, key.wrapped);
    return { ...key, wrapped: wrapKey(to, { ...key, realm }, open, random) };
  });
}

function wrapNew(root: Secret, key: Secret, record: KeyRecord, realm: string, random: RandomBytes): WrappedKey {
  return { ...record, wrapped: wrapKey(root, { ...record, realm }, key, random), public_key: new Uint8Array() };
}

function openHmacKey(root: Secret, realm: string, wrapped: WrappedKey): HmacKey {
  using key = unwrapKey(root, { ...wrapped, realm }, wrapped.wrapped);
  if (hmacKeyCheckValue(key) !== wrapped.kcv) throw new Error(`the check value of key ${wrapped.name} differs`);
  return HmacKey.from('sha256', key);
}

async function openSigningKeys(root: Secret, realm: string, wrapped: WrappedKey): Promise<SigningKeys> {
  using seed = unwrapKey(root, { ...wrapped, realm }, wrapped.wrapped);
  return SigningKeys.load(wrapped.public_key, seed);
}
