import type { BankProfile } from '../../config/bank-profile.ts';
import type { decide } from '../domain/verification/decide.ts';
import type { Ledger } from '../store/ledger.ts';

/** What the vault is given from outside. */
export interface VaultPorts {
  readonly ledger: Ledger;
  readonly profile: BankProfile;
  readonly realm: 'test';
  readonly version: string;
  /** Milliseconds since the Unix epoch: the daemon's time, the only one that counts. */
  readonly now_ms: () => number;
  /** Fresh bytes of the system's generator, off the heap. */
  readonly random: (length: number) => Uint8Array;
  /** The one function that decides. A port only so that tests can plant a wrong one and be seen to fail. */
  readonly decide: typeof decide;
}
