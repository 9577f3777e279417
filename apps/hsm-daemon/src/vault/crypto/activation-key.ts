// RFC 9180, 7.1.3: DeriveKeyPair of DHKEM(X25519, HKDF-SHA256). Every daemon of a bank derives the
// same key pair.
import { RecipientKeys } from '@ramz/custody';
import { type HmacKey, secretBytes } from '@ramz/otp-core';
import { activationCode, type CodeName } from './activation-codes.ts';
import { deriveKey } from './derive-key.ts';

const LABEL = 'ramz/activation-key/v1';
const MATERIAL_BYTES = 32;

/** What activations derive from the seed master keys: codes, and the key that apps seal to. */
export class ActivationKeys {
  readonly #masters: ReadonlyMap<number, HmacKey>;
  readonly #decoyMaster: HmacKey;
  readonly #bank: string;
  readonly #open = new Map<number, Promise<RecipientKeys>>();

  /**
   * @param masters seed master keys by epoch
   * @param decoyMaster for the codes of activations that do not exist; its owner wipes it
   */
  constructor(masters: ReadonlyMap<number, HmacKey>, decoyMaster: HmacKey, bank: string) {
    this.#masters = masters;
    this.#decoyMaster = decoyMaster;
    this.#bank = bank;
  }

  /**
   * Returns the digits of a code as ASCII, in a buffer that the caller wipes. An epoch whose key
   * may not be used gives a code that no one has.
   */
  codeOf(name: Omit<CodeName, 'bank'>): Uint8Array {
    return activationCode(this.#masters.get(name.epoch) ?? this.#decoyMaster, { ...name, bank: this.#bank });
  }

  /** Returns the key pair; undefined when its epoch may not be used. */
  async pairOf(epoch: number): Promise<RecipientKeys | undefined> {
    const master = this.#masters.get(epoch);
    if (master === undefined) return undefined;
    const open = this.#open.get(epoch) ?? this.#derive(master, epoch);
    this.#open.set(epoch, open);
    return open;
  }

  /** Drops the key objects. The runtime wipes them when it collects them. */
  wipe(): void {
    this.#open.clear();
  }

  async #derive(master: HmacKey, epoch: number): Promise<RecipientKeys> {
    using material = deriveKey(master, LABEL, [this.#bank, String(epoch)], secretBytes(MATERIAL_BYTES));
    return RecipientKeys.derive(material);
  }
}
