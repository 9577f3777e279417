import type { DaemonState } from './daemon-state.ts';

/** How the vault is. */
export interface StatusReply {
  readonly kind: 'status';
  readonly state: DaemonState;
  readonly realm: string;
  readonly profile: string;
  readonly log_size: number;
  readonly active_enrolments: number;
  /** False while what must last cannot be written: no verdict is given then. */
  readonly store_answers: boolean;
  /** Why not; empty while it does. */
  readonly store_problem: string;
  readonly root_key_kcv: string;
  readonly shares_given: number;
  readonly threshold: number;
  /** Why it failed; empty unless it has. */
  readonly failure: string;
  /** Fingerprint of the vault's identity key. */
  readonly identity: string;
  readonly epoch: number;
  readonly unseal_mode: string;
  /** Common names of certificates that an operator blocked. */
  readonly blocked_callers: readonly string[];
  /** On the embedded store's volume; undefined for a database. */
  readonly free_bytes?: number | undefined;
}
