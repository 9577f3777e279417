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

  /** Takes a share, or says what is wrong with it. @throws Fault `share-refused` */
  async take({ custodian, envelope }: GiveShareCommand): Promise<void> {
    try {
      using bytes = await this.#session.open('share-to-vault', envelope, custodian);
      const share = decodeShare(bytes.expose());
      assertFits(share, this.#shares);
      this.#shares.push(share);
    } catch (error) {
      if (error instanceof CustodyError) throw new Fault('share-refused', `share of ${custodian}: ${error.message}`);
      throw error;
    }
  }

  /**
   * The root key, once enough shares are here; its check value is compared with that of the ceremony.
   * A wrong combination wipes all shares, and the custodians begin again. @throws Fault `share-refused`
   */
  rootKey({ root_key_kcv }: StoredKeys): Secret {
    try {
      const root = combineShares(this.#shares);
      if (aesKeyCheckValue(root) === root_key_kcv) return root;
      root.wipe();
      throw new Fault('share-refused', 'these shares make the key of another ceremony');
    } catch (error) {
      if (error instanceof CustodyError) throw new Fault('share-refused', error.message);
      throw error;
    } finally {
      this.wipe();
    }
  }

  wipe(): void {
    for (const share of this.#shares) share.value.wipe();
    this.#shares.length = 0;
  }
}
