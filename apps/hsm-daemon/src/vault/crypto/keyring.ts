import { hmacKeyCheckValue, type RandomBytes } from '@ramz/custody';
import { HmacKey, Secret } from '@ramz/otp-core';
import { type KeyName, unwrapKey, wrapKey } from './wrap-key.ts';

const KEY_BYTES = 32;

/** A key of the keyring as the store keeps it: wrapped under the root key, its check value in clear. */
export interface WrappedKey extends KeyName {
  readonly kcv: string;
  readonly wrapped: Uint8Array;
}

/** The keys that the vault works with while it is operational. */
export class Keyring {
  /** Epoch 1. Every card's seed derives from it. */
  readonly seed_master: HmacKey;
  /** Turns card numbers and requests into what the store may hold. */
  readonly card_index: HmacKey;

  private constructor(seed_master: HmacKey, card_index: HmacKey) {
    this.seed_master = seed_master;
    this.card_index = card_index;
  }

  /** Draws new keys and wraps them under `root`. */
  static make(root: Secret, realm: string, random: RandomBytes): WrappedKey[] {
    return (['seed-master', 'card-index'] as const).map((name) => {
      using key = Secret.own(random(KEY_BYTES));
      const key_name: KeyName = { realm, name, version: 1 };
      return { ...key_name, kcv: hmacKeyCheckValue(key), wrapped: wrapKey(root, key_name, key, random) };
    });
  }

  /** @throws WrongWrappingKey; Error when a key is missing or its check value differs */
  static open(root: Secret, realm: string, wrapped: readonly WrappedKey[]): Keyring {
    const open = (name: string) => {
      const found = wrapped.find((key) => key.name === name && key.realm === realm);
      if (found === undefined) throw new Error(`the keyring has no ${realm} key named ${name}`);
      using key = unwrapKey(root, found, found.wrapped);
      if (hmacKeyCheckValue(key) !== found.kcv) throw new Error(`the check value of key ${name} differs`);
      return HmacKey.from('sha256', key);
    };
    return new Keyring(open('seed-master'), open('card-index'));
  }

  wipe(): void {
    this.seed_master.wipe();
    this.card_index.wipe();
  }
}
