import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf, hexOf, SigningKeys } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import type { VaultIdentity } from '../application/ports.ts';

const KEY_BYTES = 32;

/**
 * The identity key in the vault's own folder: it vouches for what the vault says, not for any code or card. Made at the first
 * start. A second one can be made beside it; once a quorum has adopted it, it takes the first one's place at the next start.
 */
export class FileIdentity implements VaultIdentity {
  readonly #vault_dir: string;
  readonly #keys: SigningKeys;
  readonly next: Uint8Array | undefined;

  static async open(vault_dir: string, makes_next: boolean): Promise<FileIdentity> {
    const path = join(vault_dir, 'identity.key');
    if (!existsSync(path)) await makeKey(path);
    const next_path = `${path}.next`;
    if (makes_next && !existsSync(next_path)) await makeKey(next_path);
    const keys = await loadKey(path);
    const next = existsSync(next_path) ? (await loadKey(next_path)).public_key : undefined;
    showFingerprint(join(vault_dir, 'fingerprint'), keys.public_key);
    showNext(vault_dir, next);
    return new FileIdentity(vault_dir, keys, next);
  }

  private constructor(vault_dir: string, keys: SigningKeys, next: Uint8Array | undefined) {
    this.#vault_dir = vault_dir;
    this.#keys = keys;
    this.next = next;
  }

  get public_key(): Uint8Array {
    return this.#keys.public_key;
  }

  sign(message: Uint8Array): Promise<Uint8Array> {
    return this.#keys.sign(message);
  }

  adoptNext(): void {
    const path = join(this.#vault_dir, 'identity.key');
    renameSync(`${path}.next`, path);
  }
}

async function makeKey(path: string): Promise<void> {
  const made = await SigningKeys.make();
  using seed = await made.export();
  using both = Secret.own(secretBytes(2 * KEY_BYTES));
  both.expose().set(made.public_key);
  both.expose().set(seed.expose(), KEY_BYTES);
  // Whole or not at all: a torn key file would stop every later start.
  writeFileSync(`${path}.new`, both.expose(), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

async function loadKey(path: string): Promise<SigningKeys> {
  using both = Secret.copy(readFileSync(path));
  if (both.length !== 2 * KEY_BYTES)
    throw new Error(`${path} is not an identity key: it was damaged, or is of something else`);
  using seed = Secret.copy(both.expose().subarray(KEY_BYTES));
  return SigningKeys.load(both.expose().slice(0, KEY_BYTES), seed);
}

/** What a quorum approves: the fingerprint to compare, and the key itself to name. Gone once it was adopted. */
export function showNext(vault_dir: string, next: Uint8Array | undefined): void {
  const path = join(vault_dir, 'fingerprint.next');
  if (next === undefined) rmSync(path, { force: true });
  else writeFileSync(path, `${fingerprintOf(next)}\n${hexOf(next)}\n`, { mode: 0o644 });
}

/** For a person at the machine's console: what the custodians' screens show must be this. */
export function showFingerprint(path: string, public_key: Uint8Array): void {
  writeFileSync(path, `${fingerprintOf(public_key)}\n`, { mode: 0o644 });
}
