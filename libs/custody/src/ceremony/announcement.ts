import type { DaemonState } from './daemon-state.ts';
import type { Quorum } from './quorum.ts';
import type { CeremonyPlan, Person, SensitiveCommand } from './statements.ts';

/** The public view of a ceremony. Contains no secret. */
export interface CeremonyView {
  readonly id: string;
  readonly plan: CeremonyPlan;
  /** The current phase; `finalise` when only that is left; `finalised` or `aborted` at the end. */
  readonly phase: CeremonyPhase | 'finalise' | 'finalised' | 'aborted';
  readonly opened_by: string;
  /** X25519 key to seal to, for this ceremony only. */
  readonly session_key: string;
  readonly roster: readonly Person[];
  /** SHA-256 of plan, roster and session key: what each custodian confirms. */
  readonly roster_digest: string;
  readonly confirmed: readonly string[];
  readonly committed: readonly string[];
  readonly revealed: readonly string[];
  readonly given: readonly string[];
  readonly collected: readonly string[];
  readonly proved: readonly string[];
  /** KCV of the root key, once there is one to compare. */
  readonly root_key_kcv: string;
  /** Why it was aborted, or who was missing. */
  readonly note: string;
}

export const CEREMONY_PHASES = ['roster', 'commit', 'reveal', 'give', 'prove', 'roll-call'] as const;
export type CeremonyPhase = (typeof CEREMONY_PHASES)[number];

export interface ProposalView {
  readonly command: SensitiveCommand;
  readonly nonce: string;
  readonly expires_at_ms: number;
  readonly uses: number;
  readonly used: number;
  readonly approved_by: readonly string[];
  /** The approvals that are still missing, in words. */
  readonly missing: string;
}

/** The vault's state, signed with its identity key, so that any change by the front is detected. */
export interface Announcement {
  readonly type: 'announcement';
  /** The caller's nonce: an old announcement has another. Empty in an answer to a statement. */
  readonly nonce: string;
  /** SHA-256 of the statement just accepted; empty in an answer to a query. */
  readonly answers: string;
  /** Drawn at each start: statements for another run of the vault are rejected. */
  readonly session: string;
  readonly realm: 'test' | 'live';
  readonly bank: string;
  readonly state: DaemonState;
  readonly at_ms: number;
  readonly log_size: number;
  readonly ceremony: CeremonyView | null;
  readonly proposals: readonly ProposalView[];
  /** All people whose keys are known. */
  readonly persons: readonly Person[];
  /** Names of the holders of the shares in force. */
  readonly holders: readonly string[];
  readonly scheme: 'slip39' | 'xor';
  /** Identifier of the shares in force: their first words contain it, to find the right sheet. */
  readonly share_identifier: number;
  readonly threshold: number;
  /** Whose approval each operation needs; null before the first ceremony. */
  readonly quorum: Quorum | null;
  readonly root_key_kcv: string;
  /** Public half of the key that signs the log; empty before the first ceremony. */
  readonly audit_key: string;
}
