import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecipientKeys, sealEnvelope } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { WireGiveShareResult } from '@ramz/proto';
import type { RamzClient } from './ramz-client.ts';

/**
 * A custodian of a rehearsal, with a key and a sealed share in files of its own under
 * `<data-dir>/custodians`. In the test realm only: a real custodian keeps neither on the daemon's machine.
 */
export class TestCustodian {
  readonly name: string;
  readonly #keys: RecipientKeys;
  readonly #data_dir: string;

  private constructor(data_dir: string, name: string, keys: RecipientKeys) {
    this.name = name;
    this.#keys = keys;
    this.#data_dir = data_dir;
  }

  /** Makes the custodian's key pair, in memory only: nothing is written before there is a share to keep. */
  static async make(data_dir: string, name: string): Promise<TestCustodian> {
    return new TestCustodian(data_dir, name, await RecipientKeys.make());
  }

  /** The custodian as it was kept. @throws Error when there was no ceremony with that name */
  static async load(data_dir: string, name: string): Promise<TestCustodian> {
    if (!existsSync(pathOf(data_dir, name, 'key'))) {
      throw new Error(`no ceremony of ${data_dir} has a custodian named ${name}`);
    }
    const bytes = readFileSync(pathOf(data_dir, name, 'key'));
    using private_key = Secret.copy(bytes.subarray(32));
    const keys = await RecipientKeys.load(Uint8Array.from(bytes.subarray(0, 32)), private_key);
    bytes.fill(0);
    return new TestCustodian(data_dir, name, keys);
  }

  get public_key(): Uint8Array {
    return this.#keys.public_key;
  }

  /** Keeps the key, and the envelope as it came: the share in it is opened only to give it. */
  async keep(envelope: Uint8Array): Promise<void> {
    mkdirSync(join(this.#data_dir, 'custodians'), { recursive: true, mode: 0o700 });
    using private_key = await this.#keys.export();
    const bytes = Buffer.concat([this.public_key, private_key.expose()]);
    // Never over a key that another share may need.
    writeFileSync(pathOf(this.#data_dir, this.name, 'key'), bytes, { mode: 0o600, flag: 'wx' });
    bytes.fill(0);
    writeFileSync(pathOf(this.#data_dir, this.name, 'share'), envelope, { mode: 0o600, flag: 'wx' });
  }

  /** The share in clear. The caller wipes it. @throws Error that names the custodian */
  async openShare(): Promise<Secret> {
    try {
      const envelope = readFileSync(pathOf(this.#data_dir, this.name, 'share'));
      return await this.#keys.open('share-to-custodian', envelope, this.name);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`the share of ${this.name} does not open: ${why}`, { cause: error });
    }
  }

  /** Opens the share and seals it anew, to the vault's session key. @throws CallRefused */
  async giveShare(client: RamzClient): Promise<WireGiveShareResult> {
    const { publicKey } = await client.sessionKey();
    using share = await this.openShare();
    const envelope = Buffer.from(await sealEnvelope('share-to-vault', publicKey, share, this.name));
    return await client.giveShare({ custodian: this.name, envelope });
  }
}

function pathOf(data_dir: string, name: string, what: 'key' | 'share'): string {
  return join(data_dir, 'custodians', `${name}.${what}`);
}
