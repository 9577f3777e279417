import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf, hexOf, SigningKeys } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import type { VaultIdentity } from './vault-identity.ts';

const KEY_BYTES = 32;

/**
 * The identity key in the vault's own folder. It vouches for what the vault says, not for any code
 * or card. Made at the first start. A second key can be made beside it; once a quorum has adopted
 * that key, it replaces the first one at the next start.
 */
export class FileIdentity implements VaultIdentity {
  readonly #vaultDir: string;
  readonly #keys: SigningKeys;
  readonly next: Uint8Array | undefined;

  static async open(vaultDir: string, makesNext: boolean): Promise<FileIdentity> {
    const path = join(vaultDir, 'identity.key');
    if (!existsSync(path)) await makeKey(path);
    const nextPath = `${path}.next`;
    if (makesNext && !existsSync(nextPath)) await makeKey(nextPath);
    const keys = await loadKey(path);
    const next = existsSync(nextPath) ? (await loadKey(nextPath)).publicKey : undefined;
    showFingerprint(join(vaultDir, 'fingerprint'), keys.publicKey);
    showNext(vaultDir, next);
    return new FileIdentity(vaultDir, keys, next);
  }

  private constructor(vaultDir: string, keys: SigningKeys, next: Uint8Array | undefined) {
    this.#vaultDir = vaultDir;
    this.#keys = keys;
    this.next = next;
  }

  get publicKey(): Uint8Array {
    return this.#keys.publicKey;
  }

  sign(message: Uint8Array): Promise<Uint8Array> {
    return this.#keys.sign(message);
  }

  adoptNext(): void {
    const path = join(this.#vaultDir, 'identity.key');
    renameSync(`${path}.next`, path);
  }
}

async function makeKey(path: string): Promise<void> {
  const made = await SigningKeys.make();
  using seed = await made.export();
  using both = Secret.own(secretBytes(2 * KEY_BYTES));
  both.expose().set(made.publicKey);
  both.expose().set(seed.expose(), KEY_BYTES);
  // Written whole or not at all: a torn key file would stop every later start.
  writeFileSync(`${path}.new`, both.expose(), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

async function loadKey(path: string): Promise<SigningKeys> {
  using both = Secret.copy(readFileSync(path));
  if (both.length !== 2 * KEY_BYTES)
    throw new Error(`${path} is not an identity key: the file is damaged or holds something else`);
  using seed = Secret.copy(both.expose().subarray(KEY_BYTES));
  return SigningKeys.load(both.expose().slice(0, KEY_BYTES), seed);
}

/**
 * Writes what a quorum approves: the fingerprint to compare and the key itself to name. Removes the
 * file when there is no next key, as after its adoption.
 */
export function showNext(vaultDir: string, next: Uint8Array | undefined): void {
  const path = join(vaultDir, 'fingerprint.next');
  if (next === undefined) rmSync(path, { force: true });
  else writeFileSync(path, `${fingerprintOf(next)}\n${hexOf(next)}\n`, { mode: 0o644 });
}

/** Writes the fingerprint that the custodians' screens must show, for a person at the console. */
export function showFingerprint(path: string, publicKey: Uint8Array): void {
  writeFileSync(path, `${fingerprintOf(publicKey)}\n`, { mode: 0o644 });
}
