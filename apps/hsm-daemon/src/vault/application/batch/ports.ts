import type { BankProfile } from '@ramz/bank-profile';
import type { RandomBytes, RecipientKeys } from '@ramz/custody';
import type { decide } from '../../domain/verification/decide.ts';
import type { VaultIdentity } from '../../identity/vault-identity.ts';
import type { RootKeeper } from '../../root-key/root-keeper.ts';
import type { Anchor } from '../../store/anchor.ts';
import type { Ledger } from '../../store/ledger.ts';

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
