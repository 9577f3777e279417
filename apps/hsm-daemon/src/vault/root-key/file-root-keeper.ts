import { randomFillSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Secret, secretBytes } from '@ramz/otp-core';
import { unwrapKey, wrapKey } from '../crypto/wrap-key.ts';
import type { RootKeeper } from './root-keeper.ts';

const NAME = { realm: 'test', name: 'root', version: 0 } as const;

/**
 * Keeps the root key under a key in a file beside it. For development in the test realm: this is no
 * protection.
 */
export class FileRootKeeper implements RootKeeper {
  readonly name = 'file';
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  wrap(root: Secret): Promise<Uint8Array> {
    using key = Secret.own(randomFillSync(secretBytes(32)));
    writeFileSync(this.#path, key.expose(), { mode: 0o600 });
    return Promise.resolve(wrapKey(key, NAME, root, (length) => randomFillSync(secretBytes(length))));
  }

  unwrap(guarded: Uint8Array): Promise<Secret> {
    const bytes = readFileSync(this.#path);
    using key = Secret.copy(bytes);
    bytes.fill(0);
    return Promise.resolve(unwrapKey(key, NAME, guarded));
  }
}
