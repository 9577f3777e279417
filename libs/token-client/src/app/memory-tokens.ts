import { Secret } from '@ramz/otp-core';
import { type StoredToken, type TokenStore, wipeToken } from './stored-token.ts';

/** Keeps tokens for as long as the process lives. */
export class MemoryTokens implements TokenStore {
  readonly #tokens = new Map<string, StoredToken>();

  async put(token: StoredToken): Promise<void> {
    await this.remove(token.subject);
    this.#tokens.set(token.subject, copyOf(token));
  }

  async get(subject: string): Promise<StoredToken | undefined> {
    const token = this.#tokens.get(subject);
    return token && copyOf(token);
  }

  async remove(subject: string): Promise<void> {
    const token = this.#tokens.get(subject);
    if (token !== undefined) wipeToken(token);
    this.#tokens.delete(subject);
  }
}

function copyOf(token: StoredToken): StoredToken {
  return {
    ...token,
    privateKey: Secret.copy(token.privateKey.expose()),
    purposes: token.purposes.map((one) => ({ ...one, seed: Secret.copy(one.seed.expose()) })),
  };
}
