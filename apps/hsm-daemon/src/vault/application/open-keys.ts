import { HmacKey, Secret } from '@ramz/otp-core';
import { Keyring } from '../crypto/keyring.ts';
import { SeedKeys } from '../crypto/seed-keys.ts';
import type { StoredKeys } from '../store/ledger.ts';
import type { VaultPorts } from './ports.ts';

/** All key material of an operational vault. Wiped as one when it is sealed. */
export class OpenKeys {
  readonly keyring: Keyring;
  readonly seeds: SeedKeys;
  /** Unknown cards are compared with this one, so that they cost what known ones cost. */
  readonly decoys: Readonly<Record<'sha1' | 'sha256' | 'sha512', HmacKey>>;

  private constructor(keyring: Keyring, ports: VaultPorts) {
    this.keyring = keyring;
    this.seeds = new SeedKeys(keyring.seed_master, ports.profile.name);
    const decoy = (hash: 'sha1' | 'sha256' | 'sha512') => {
      using seed = Secret.own(ports.random(32));
      return HmacKey.from(hash, seed);
    };
    this.decoys = { sha1: decoy('sha1'), sha256: decoy('sha256'), sha512: decoy('sha512') };
  }

  /** @throws as `Keyring.open` */
  static unlock(root: Secret, stored: StoredKeys, ports: VaultPorts): OpenKeys {
    return new OpenKeys(Keyring.open(root, ports.realm, stored.keys), ports);
  }

  wipe(): void {
    this.seeds.wipe();
    this.keyring.wipe();
    for (const decoy of Object.values(this.decoys)) decoy.wipe();
  }
}
