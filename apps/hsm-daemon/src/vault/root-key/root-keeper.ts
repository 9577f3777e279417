import type { Secret } from '@ramz/otp-core';

/** Keeps the root key between two starts: a PKCS #11 token or, in the test realm, a file. */
export interface RootKeeper {
  readonly name: string;
  wrap(root: Secret): Promise<Uint8Array>;
  /** @throws Error when this keeper did not wrap `guarded` */
  unwrap(guarded: Uint8Array): Promise<Secret>;
}
