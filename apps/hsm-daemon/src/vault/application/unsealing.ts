import {
  aesKeyCheckValue,
  assertFits,
  CustodyError,
  combineShares,
  decodeShare,
  RecipientKeys,
  type Share,
} from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import type { GiveShareCommand } from '../../boundary/commands.ts';
import { shareDigest } from '../crypto/share-digest.ts';
import type { StoredKeys } from '../store/ledger.ts';
import { Fault } from './fault.ts';

/**
 * The shares given since the daemon was sealed. They reach it sealed to a session key that is made anew
 * each time, so a recorded envelope opens nothing later.
 */
export class Unsealing {
  readonly #session: RecipientKeys;
  readonly #shares: Share[] = [];

  private constructor(session: RecipientKeys) {
    this.#session = session;
  }

  static async begin(): Promise<Unsealing> {
    return new Unsealing(await RecipientKeys.make());
  }

  get session_public_key(): Uint8Array {
    return this.#session.public_key;
  }

  get given(): number {
    return this.#shares.length;
  }

  /**
   * Takes a share, or says what is wrong with it. Only the very share that this custodian was handed is
   * taken: a forged one can neither spoil the others nor keep them out. @throws Fault `share-refused`
   */
  async take({ custodian, envelope }: GiveShareCommand, { holders }: StoredKeys): Promise<void> {
    try {
      using bytes = await this.#session.open('share-to-vault', envelope, custodian);
      const holder = holders.find((one) => one.custodian === custodian);
      if (holder?.share_digest !== shareDigest(bytes)) {
        throw new Fault('share-refused', `share of ${custodian}: it is not the one that this custodian was handed`);
      }
      const share = decodeShare(bytes.expose());
      assertFits(share, this.#shares);
      this.#shares.push(share);
    } catch (error) {
      if (error instanceof CustodyError) throw new Fault('share-refused', `share of ${custodian}: ${error.message}`);
      throw error;
    }
  }

  /**
   * The root key, once enough shares are here; its check value is compared with that of the ceremony. The
   * shares are wiped whatever comes of it. @throws Error for another key: only shares that were handed out
   * are here, so the store is not what the ceremony wrote
   */
  rootKey({ root_key_kcv }: StoredKeys): Secret {
    try {
      const root = combineShares(this.#shares);
      if (aesKeyCheckValue(root) === root_key_kcv) return root;
      root.wipe();
      throw new Error('the shares of the ceremony make another key than the store names');
    } finally {
      this.wipe();
    }
  }

  wipe(): void {
    for (const share of this.#shares) share.value.wipe();
    this.#shares.length = 0;
  }
}
