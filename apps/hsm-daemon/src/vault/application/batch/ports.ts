import type { BankProfile } from '@ramz/bank-profile';
import type { RandomBytes, RecipientKeys } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import type { decide } from '../../domain/verification/decide.ts';
import type { Anchor } from '../../store/anchor.ts';
import type { Ledger } from '../../store/ledger.ts';

/** Something that keeps the root key between two starts: a PKCS #11 token, or in the test realm a file. */
export interface RootKeeper {
  readonly name: string;
  wrap(root: Secret): Promise<Uint8Array>;
  /** @throws Error when what it was given is not its own */
  unwrap(guarded: Uint8Array): Promise<Secret>;
}

/** The key by which people know the vault. */
export interface VaultIdentity {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** A second key that was made to take its place; undefined when there is none. */
  readonly next?: Uint8Array | undefined;
  /** Puts the next key in the place of this one: it counts from the next start on. */
  adoptNext?(): void;
}

/** What the vault is given from outside. */
export interface VaultPorts {
  readonly ledger: Ledger;
  readonly anchor: Anchor;
  /** Signs what the vault tells people: they know its fingerprint from the machine's own console. */
  readonly identity: VaultIdentity;
  /** Undefined in mode `shares`: only custodians unseal. */
  readonly rootKeeper: RootKeeper | undefined;
  readonly profile: BankProfile;
  readonly realm: 'test' | 'live';
  readonly version: string;
  /** SHA-256 of the vault's own code, in hexadecimal. */
  readonly software: string;
  /** Milliseconds since the Unix epoch: the daemon's time, the only one that counts. */
  readonly nowMs: () => number;
  /** Milliseconds since anything: a clock that nobody can set. */
  readonly monotonicMs: () => number;
  /** Fresh bytes of the system's generator, off the heap. */
  readonly random: RandomBytes;
  /** A key pair for one ceremony. A port, so that a simulation can make them cheap. */
  readonly makeSession: () => Promise<RecipientKeys>;
  /** Lets go of what the runtime still holds of keys that were dropped. */
  readonly collectGarbage: () => void;
  /** The one function that decides. A port only so that tests can plant a wrong one and be seen to fail. */
  readonly decide: typeof decide;
}
