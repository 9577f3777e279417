import type { BankProfile } from '@ramz/bank-profile';
import type { RandomBytes, RecipientKeys } from '@ramz/custody';
import type { decide } from '../../domain/verification/decide.ts';
import type { VaultIdentity } from '../../identity/vault-identity.ts';
import type { RootKeeper } from '../../root-key/root-keeper.ts';
import type { Anchor } from '../../store/anchor.ts';
import type { Ledger } from '../../store/ledger.ts';

/** Everything that the vault gets from outside. */
export interface VaultPorts {
  readonly ledger: Ledger;
  readonly anchor: Anchor;
  /**
   * Signs what the vault says to people: they know its fingerprint from the machine's own console.
   */
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
  /** Milliseconds since an arbitrary start, by a clock that cannot be set. */
  readonly monotonicMs: () => number;
  /** Fresh bytes of the system's generator, off the heap. */
  readonly random: RandomBytes;
  /** Makes a key pair for one ceremony. A port so that a simulation can use cheap ones. */
  readonly makeSession: () => Promise<RecipientKeys>;
  /** Makes the runtime free what it still holds of keys that were dropped. */
  readonly collectGarbage: () => void;
  /**
   * The one function that decides. A port only so that tests can plant a wrong one and show that
   * they fail.
   */
  readonly decide: typeof decide;
}
