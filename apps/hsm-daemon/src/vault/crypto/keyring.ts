import { hmacKeyCheckValue, type RandomBytes, SigningKeys } from '@ramz/custody';
import { HmacKey, Secret } from '@ramz/otp-core';
import {
  type KeyName,
  type KeyRecord,
  keyState,
  mayProcess,
  newKeyRecord,
  type WrappedKey,
} from '../domain/keys/key-record.ts';
import { unwrapKey, wrapKey } from './wrap-key.ts';

const KEY_BYTES = 32;

/** The keys that the vault uses while it is operational. */
export class Keyring {
  /** By epoch. The seed of every card derives from one of them. */
  readonly seedMasters: ReadonlyMap<number, HmacKey>;
  /** Hashes card numbers and requests into what the store may hold. */
  readonly cardIndex: HmacKey;
  /** Signs the checkpoints of the audit log. */
  readonly audit: SigningKeys;

  private constructor(seedMasters: ReadonlyMap<number, HmacKey>, cardIndex: HmacKey, audit: SigningKeys) {
    this.seedMasters = seedMasters;
    this.cardIndex = cardIndex;
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
    for (const master of this.seedMasters.values()) master.wipe();
    this.cardIndex.wipe();
  }
}

/** Generates the first keyring and wraps it under `root`. */
export async function makeKeys(
  root: Secret,
  seed: Secret,
  realm: string,
  nowMs: number,
  random: RandomBytes,
): Promise<WrappedKey[]> {
  using cardIndex = Secret.own(random(KEY_BYTES));
  const audit = await SigningKeys.make();
  using auditSeed = await audit.export();
  const auditRecord = newKeyRecord('audit', 1, 'Ed25519', '', nowMs);
  return [
    wrapSeedMaster(root, seed, 1, realm, nowMs, random),
    wrapNew(
      root,
      cardIndex,
      newKeyRecord('card-index', 1, 'HMAC-SHA-256', hmacKeyCheckValue(cardIndex), nowMs),
      realm,
      random,
    ),
    { ...wrapNew(root, auditSeed, auditRecord, realm, random), public_key: audit.publicKey },
  ];
}

export function wrapSeedMaster(
  root: Secret,
  seed: Secret,
  epoch: number,
  realm: string,
  nowMs: number,
  random: RandomBytes,
): WrappedKey {
  const record = newKeyRecord('seed-master', epoch, 'SP 800-108 HMAC-SHA-256', hmacKeyCheckValue(seed), nowMs);
  return wrapNew(root, seed, record, realm, random);
}

/** Rewraps the keyring under another root key. The keys themselves do not change. */
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
