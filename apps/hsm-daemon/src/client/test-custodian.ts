import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  readonly #share_path: string;

  private constructor(data_dir: string, name: string, keys: RecipientKeys) {
    this.name = name;
    this.#keys = keys;
    this.#share_path = pathOf(data_dir, name, 'share');
  }

  /** Makes the custodian's key pair. */
  static async enrol(data_dir: string, name: string): Promise<TestCustodian> {
    mkdirSync(join(data_dir, 'custodians'), { recursive: true, mode: 0o700 });
    const keys = await RecipientKeys.make();
    using private_key = await keys.export();
    const bytes = Buffer.concat([keys.public_key, private_key.expose()]);
    writeFileSync(pathOf(data_dir, name, 'key'), bytes, { mode: 0o600 });
    bytes.fill(0);
    return new TestCustodian(data_dir, name, keys);
  }

  /** The custodian as it was enrolled. @throws Error when the key file is missing */
  static async load(data_dir: string, name: string): Promise<TestCustodian> {
    const bytes = readFileSync(pathOf(data_dir, name, 'key'));
    using private_key = Secret.copy(bytes.subarray(32));
    const keys = await RecipientKeys.load(Uint8Array.from(bytes.subarray(0, 32)), private_key);
    bytes.fill(0);
    return new TestCustodian(data_dir, name, keys);
  }

  get public_key(): Uint8Array {
    return this.#keys.public_key;
  }

  /** Keeps the envelope as it came: the share in it is opened only to give it. */
  keepShare(envelope: Uint8Array): void {
    writeFileSync(this.#share_path, envelope, { mode: 0o600 });
  }

  /** The share in clear. The caller wipes it. */
  openShare(): Promise<Secret> {
    return this.#keys.open('share-to-custodian', readFileSync(this.#share_path), this.name);
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
