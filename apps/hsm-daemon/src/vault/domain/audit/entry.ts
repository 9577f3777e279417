import type { Channel, Purpose, VerdictReason } from '../../../boundary/commands.ts';

/** A verdict on one code. Holds no code and no card number. */
export interface VerdictEntry {
  readonly kind: 'verdict';
  readonly at_ms: number;
  readonly caller: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly purpose: Purpose;
  /** The enrolment decided on; empty when there was none. */
  readonly enrolment_id: string;
  readonly reason: VerdictReason;
  /** The accepted step; 0 when none was. */
  readonly step: number;
  /** Keyed hash of (caller, request id), 32 hexadecimal digits. */
  readonly request_key: string;
  /** Keyed hash of what was asked, 32 hexadecimal digits. */
  readonly request_digest: string;
}

export interface EnrolledEntry {
  readonly kind: 'enrolled';
  readonly at_ms: number;
  readonly caller: string;
  readonly subject: string;
  readonly purpose: Purpose;
  readonly enrolment_id: string;
  /** The enrolment that is void from now on; empty when this is the first. */
  readonly voids: string;
  readonly generation: number;
  readonly epoch: number;
  readonly token_serial: string;
  readonly floor: number;
}

export const CEREMONY_ACTS = ['initialised', 'share-accepted', 'share-refused', 'unsealed', 'sealed'] as const;

export interface CeremonyEntry {
  readonly kind: 'ceremony';
  readonly at_ms: number;
  readonly caller: string;
  readonly act: (typeof CEREMONY_ACTS)[number];
  /** Whose share; empty when the act is nobody's in particular. */
  readonly custodian: string;
  /** KCV of the root key, or why a share was refused. */
  readonly detail: string;
}

/** A caller was refused something it has no right to, or gave an old request id to a new request. */
export interface RefusalEntry {
  readonly kind: 'refusal';
  readonly at_ms: number;
  readonly caller: string;
  readonly rpc: string;
  readonly reason: string;
}

/** The daemon started or stopped in order. A start with no stop before it was a crash. */
export interface DaemonEntry {
  readonly kind: 'daemon';
  readonly at_ms: number;
  readonly act: 'started' | 'stopped';
  readonly version: string;
}

/** One leaf of the audit log: one security-relevant act. */
export type Entry = VerdictEntry | EnrolledEntry | CeremonyEntry | RefusalEntry | DaemonEntry;
