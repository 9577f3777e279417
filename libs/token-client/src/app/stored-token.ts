import type { HashName, Secret } from '@ramz/otp-core';

/** One purpose of a token: its seed, and how codes are made of it. */
export interface StoredPurpose {
  readonly purpose: string;
  readonly enrolmentId: string;
  readonly seed: Secret;
  readonly hash: HashName;
  readonly digits: number;
  readonly periodSeconds: number;
  readonly t0Seconds: number;
  /** Of a purpose that signs transactions; empty for others. */
  readonly ocraSuite: string;
}

/** A token as the app keeps it. One that waits for its seeds has no purpose. */
export interface StoredToken {
  /** `card/` or `customer/` and the number. */
  readonly subject: string;
  readonly publicKey: Uint8Array;
  readonly privateKey: Secret;
  readonly purposes: readonly StoredPurpose[];
  /** The bank's clock minus the app's, as it was when the app last heard it (M-45). */
  readonly clockErrorMs: number;
}

/** Where tokens are kept. It copies what it gets: the app wipes its own. */
export interface TokenStore {
  put(token: StoredToken): Promise<void>;
  /** Returns a copy, whose secrets the caller wipes; undefined for none. */
  get(subject: string): Promise<StoredToken | undefined>;
  remove(subject: string): Promise<void>;
}

export function wipeToken({ privateKey, purposes }: StoredToken): void {
  privateKey.wipe();
  for (const { seed } of purposes) seed.wipe();
}
