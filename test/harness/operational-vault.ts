// A vault in this process that is operational from its start: its keys are made as in a ceremony,
// and a root keeper of the test holds the root key.
import { aesKeyCheckValue, RecipientKeys, SigningKeys } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import { chooseEngine } from '@ramz/otp-core/engine';
import { derivingEngine } from '@ramz/otp-fast/deriving';
import type { VaultPorts } from '../../apps/hsm-daemon/src/vault/application/batch/ports.ts';
import { Vault } from '../../apps/hsm-daemon/src/vault/application/vault.ts';
import { makeKeys } from '../../apps/hsm-daemon/src/vault/crypto/keyring.ts';
import { newKeyRecord } from '../../apps/hsm-daemon/src/vault/domain/keys/key-record.ts';
import { decide } from '../../apps/hsm-daemon/src/vault/domain/verification/decide.ts';
import type { Anchor } from '../../apps/hsm-daemon/src/vault/store/anchor.ts';
import type { Ledger, StoredKeys } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';

// The daemon's default engine.
chooseEngine(derivingEngine);

export type RandomSource = VaultPorts['random'];

/** The root key, and the keys a store holds after the first ceremony. */
export interface MadeKeys {
  readonly root: Secret;
  readonly stored: StoredKeys;
}

export async function makeStoredKeys(profile: VaultPorts['profile'], random: RandomSource): Promise<MadeKeys> {
  const root = Secret.own(random(32));
  using seed = Secret.own(random(32));
  const stored: StoredKeys = {
    realm: 'test',
    bank: profile.name,
    epoch: 1,
    shares: { scheme: 'slip39', threshold: 2, identifier: 0, holders: [], digests: [] },
    root: newKeyRecord('root', 1, 'AES-256', aesKeyCheckValue(root), 0),
    keys: await makeKeys(root, seed, 'test', 0, random),
    former_roots: [],
    zones: [],
    persons: [],
    quorum: profile.quorum,
    blocked_callers: [],
    guarded_root: Uint8Array.of(1),
    destroyed: false,
  };
  return { root, stored };
}

/** Wraps a random source so that its bytes are off the heap, as the vault requires. */
export function secretRandom(bytes: (length: number) => Uint8Array): RandomSource {
  return (length) => {
    const secret = secretBytes(length);
    secret.set(bytes(length));
    return secret;
  };
}

export const NO_ANCHOR: Anchor = { read: () => undefined, write: () => {}, close: () => {} };

/** Returns ports for a test, with harmless defaults. */
export async function testPorts(
  given: Pick<VaultPorts, 'profile' | 'random' | 'nowMs'> & { readonly ledger: Ledger; readonly root: Secret },
  others: Partial<VaultPorts> = {},
): Promise<VaultPorts> {
  const { root, ...ports } = given;
  return {
    anchor: NO_ANCHOR,
    identity: await SigningKeys.make(),
    rootKeeper: { name: 'test', wrap: async () => Uint8Array.of(1), unwrap: async () => Secret.copy(root.expose()) },
    realm: 'test',
    version: 'test',
    software: '0'.repeat(64),
    monotonicMs: ports.nowMs,
    makeSession: () => RecipientKeys.make(),
    collectGarbage: () => {},
    decide,
    ...ports,
    ...others,
  };
}

export async function startOperational(ports: VaultPorts): Promise<Vault> {
  const vault = await Vault.start(ports);
  if (vault.state !== 'operational') throw new Error(`the vault is ${vault.state}`);
  return vault;
}
