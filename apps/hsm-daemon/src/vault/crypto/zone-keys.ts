import { createSecretKey, type KeyObject } from 'node:crypto';
import { type HmacKey, type Secret, secretBytes } from '@ramz/otp-core';
import { ZONE_LABEL, zoneContext } from '../domain/keys/key-contexts.ts';
import { deriveKey } from './derive-key.ts';

/** In bits. What a zone's own systems have: switches of the field know AES-128 and AES-192 too. */
export type ZoneKeyBits = 128 | 192 | 256;

/**
 * Keys under which other systems of the bank seal codes (ISO 9564), one per zone. Derived, never
 * stored.
 */
export class ZoneKeys {
  readonly #masters: ReadonlyMap<number, HmacKey>;
  readonly #bank: string;
  readonly #open = new Map<string, KeyObject>();

  /** @param masters seed master keys by epoch */
  constructor(masters: ReadonlyMap<number, HmacKey>, bank: string) {
    this.#masters = masters;
    this.#bank = bank;
  }

  /**
   * Returns the key, to be sealed to the zone's recipient. The caller wipes it.
   * @throws RangeError for an epoch that may not be used
   */
  secretOf(zone: string, epoch: number, bits: ZoneKeyBits): Secret {
    const master = this.#masters.get(epoch);
    if (master === undefined) throw new RangeError(`the seed master key of epoch ${epoch} may not be used`);
    const context = zoneContext({ bank: this.#bank, zone, epoch });
    // The length is part of what is derived from: no key is the beginning of a longer one.
    return deriveKey(master, ZONE_LABEL, context, secretBytes(bits / 8));
  }

  /** Returns the key; undefined when its epoch may no longer be used. */
  keyOf(zone: string, epoch: number, bits: ZoneKeyBits): KeyObject | undefined {
    const name = `${epoch}/${bits}/${zone}`;
    const open = this.#open.get(name);
    if (open !== undefined || !this.#masters.has(epoch)) return open;
    using secret = this.secretOf(zone, epoch, bits);
    const key = createSecretKey(secret.expose());
    this.#open.set(name, key);
    return key;
  }

  /** Drops the key objects. The runtime wipes them when it collects them. */
  wipe(): void {
    this.#open.clear();
  }
}
