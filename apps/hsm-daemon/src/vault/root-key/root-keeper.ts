import type { Secret } from '@ramz/otp-core';

/** Something that keeps the root key between two starts: a PKCS #11 token, or in the test realm a file. */
export interface RootKeeper {
  readonly name: string;
  wrap(root: Secret): Promise<Uint8Array>;
  /** @throws Error when what it was given is not its own */
  unwrap(guarded: Uint8Array): Promise<Secret>;
}
