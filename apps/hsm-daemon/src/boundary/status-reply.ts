import type { DaemonState } from '@ramz/custody';

/** The vault's status. */
export interface StatusReply {
  readonly kind: 'status';
  readonly state: DaemonState;
  readonly realm: string;
  readonly profile: string;
  readonly logSize: number;
  readonly activeEnrolments: number;
  /** False while nothing can be written durably. No verdict is given then. */
  readonly storeAnswers: boolean;
  /** Why the store does not answer; empty while it does. */
  readonly storeProblem: string;
  readonly rootKeyKcv: string;
  readonly sharesGiven: number;
  readonly threshold: number;
  /** Why it failed; empty unless it has. */
  readonly failure: string;
  /** Why it started sealed although a root keeper was to open it; empty otherwise. */
  readonly whySealed: string;
  /** Fingerprint of the vault's identity key. */
  readonly identity: string;
  readonly epoch: number;
  readonly unsealMode: string;
  /** Common names of certificates that an operator blocked. */
  readonly blockedCallers: readonly string[];
  /** Free bytes on the embedded store's volume; undefined for a database. */
  readonly freeBytes?: number | undefined;
}
