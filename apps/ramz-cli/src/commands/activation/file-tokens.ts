import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Secret } from '@ramz/otp-core';
import type { StoredPurpose, StoredToken, TokenStore } from '@ramz/token-client';

type SavedToken = Omit<StoredToken, 'publicKey' | 'privateKey' | 'purposes'> & {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly purposes: readonly (Omit<StoredPurpose, 'seed'> & { readonly seed: string })[];
};

/** Keeps the tokens of an app to play with in a file, in clear: for the test realm. */
export class FileTokens implements TokenStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async put(token: StoredToken): Promise<void> {
    const { publicKey, privateKey, purposes, ...rest } = token;
    const saved: SavedToken = {
      ...rest,
      publicKey: hex(publicKey),
      privateKey: hex(privateKey.expose()),
      purposes: purposes.map(({ seed, ...one }) => ({ ...one, seed: hex(seed.expose()) })),
    };
    this.#write({ ...this.#read(), [token.subject]: saved });
  }

  async get(subject: string): Promise<StoredToken | undefined> {
    const saved = this.#read()[subject];
    if (saved === undefined) return undefined;
    return {
      ...saved,
      publicKey: Buffer.from(saved.publicKey, 'hex'),
      privateKey: Secret.copy(Buffer.from(saved.privateKey, 'hex')),
      purposes: saved.purposes.map((one) => ({ ...one, seed: Secret.copy(Buffer.from(one.seed, 'hex')) })),
    };
  }

  async remove(subject: string): Promise<void> {
    const { [subject]: _, ...others } = this.#read();
    this.#write(others);
  }

  #read(): Readonly<Record<string, SavedToken>> {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8')) as Record<string, SavedToken>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new Error(`${this.#path} is no file of tokens: move it away, and activate again`, { cause: error });
    }
  }

  #write(tokens: Readonly<Record<string, SavedToken>>): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, `${JSON.stringify(tokens, undefined, 2)}\n`, { mode: 0o600 });
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
