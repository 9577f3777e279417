import { HmacKey, Secret } from '@ramz/otp-core';
import { ActivationKeys } from '../../crypto/activation-key.ts';
import { Keyring } from '../../crypto/keyring.ts';
import { SeedKeys } from '../../crypto/seed-keys.ts';
import { ZoneKeys } from '../../crypto/zone-keys.ts';
import { keyState } from '../../domain/keys/key-record.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import type { VaultPorts } from '../batch/ports.ts';

/** All key material of an operational vault. Wiped together when it is sealed. */
export class OpenKeys {
  readonly keyring: Keyring;
  readonly seeds: SeedKeys;
  readonly zones: ZoneKeys;
  readonly activations: ActivationKeys;
  /**
   * New enrolments and decoys derive from this epoch's seed master key; undefined when none is
   * active.
   */
  readonly epoch: number | undefined;

  /** Mark of the stored keys that these were opened from. */
  readonly #of: string;
  /** The last stored keys that were found to have the same mark. */
  #seen: StoredKeys | undefined;

  private constructor(keyring: Keyring, stored: StoredKeys, ports: Pick<VaultPorts, 'profile' | 'random'>) {
    const epoch = activeEpoch(stored);
    this.#of = keysMark(stored);
    this.keyring = keyring;
    this.epoch = epoch;
    using decoy = Secret.own(ports.random(32));
    const decoyMaster = HmacKey.from('sha256', decoy);
    this.seeds = new SeedKeys(keyring.seedMasters, decoyMaster, ports.profile.name);
    this.zones = new ZoneKeys(keyring.seedMasters, ports.profile.name);
    this.activations = new ActivationKeys(keyring.seedMasters, decoyMaster, ports.profile.name);
  }

  /** @throws as `Keyring.open` */
  static async unlock(
    root: Secret,
    stored: StoredKeys,
    ports: Pick<VaultPorts, 'profile' | 'realm' | 'random'>,
  ): Promise<OpenKeys> {
    return new OpenKeys(await Keyring.open(root, ports.realm, stored.keys), stored, ports);
  }

  /** Returns whether the stored keys are still those that were opened here. */
  isOf(stored: StoredKeys | undefined): boolean {
    if (stored !== this.#seen && stored !== undefined && keysMark(stored) === this.#of) this.#seen = stored;
    return stored !== undefined && stored === this.#seen;
  }

  wipe(): void {
    this.seeds.wipe();
    this.zones.wipe();
    this.activations.wipe();
    this.keyring.wipe();
  }
}

/** Returns the epoch of the newest active seed master key. */
export function activeEpoch({ keys }: StoredKeys): number | undefined {
  const active = keys.filter((key) => key.name === 'seed-master' && keyState(key) === 'active');
  return active.length === 0 ? undefined : Math.max(...active.map(({ version }) => version));
}

/** Returns a text that names the keys and their states: another set of keys has another one. */
function keysMark({ keys, destroyed }: StoredKeys): string {
  const marks = keys.map((key) => [key.name, key.version, key.kcv, keyState(key)]);
  return JSON.stringify([destroyed, marks]);
}
