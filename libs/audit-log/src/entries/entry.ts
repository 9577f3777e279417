import type { Channel, Purpose, VerdictReason } from './words.ts';

/** A verdict on one code, without the names of its request. Holds no code and no card number. */
export interface Verdict {
  readonly kind: 'verdict';
  readonly atMs: number;
  readonly caller: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly purpose: Purpose;
  /** The enrolment decided on; empty when there was none, or several and the code was none of theirs. */
  readonly enrolmentId: string;
  readonly reason: VerdictReason;
  /** The accepted step; of a used code the step it matched; 0 when none did. */
  readonly step: number;
}

export interface VerdictEntry extends Verdict {
  /** Keyed hash of (caller, request id), 32 hexadecimal digits. */
  readonly requestKey: string;
  /** Keyed hash of what was asked, 32 hexadecimal digits. */
  readonly requestDigest: string;
}

export interface EnrolledEntry {
  readonly kind: 'enrolled';
  readonly atMs: number;
  readonly caller: string;
  readonly subject: string;
  readonly purpose: Purpose;
  readonly enrolmentId: string;
  /** Enrolments that are void from now on. */
  readonly voids: readonly string[];
  readonly generation: number;
  readonly epoch: number;
  readonly tokenSerial: string;
  readonly floor: number;
}

/** An accepted code was by chance another token's too: there it is used up with it, and is no code any more. */
export interface SpentEntry {
  readonly kind: 'spent';
  readonly atMs: number;
  readonly subject: string;
  readonly purpose: Purpose;
  readonly enrolmentId: string;
  readonly step: number;
}

/** A lock that a blocked caller made was lifted by a quorum: the wrong tries that led to it count no more. */
export interface LiftedEntry {
  readonly kind: 'lifted';
  readonly atMs: number;
  readonly subject: string;
  readonly purpose: Purpose;
}

export const CEREMONY_ACTS = [
  // What people did: the types of their statements.
  'open',
  'propose',
  'approve',
  'repeat',
  'join',
  'confirm',
  'commit',
  'reveal',
  'give',
  'collect',
  'prove',
  'finalise',
  'abort',
  'sign-minutes',
  // What the vault did.
  'refused',
  'opened',
  'shares-made',
  'took-effect',
  'abandoned',
  'unsealed',
  'sealed',
  'zeroised',
  'key-state',
  'persons',
  'quorum',
  'self-test',
  'failed',
  'clock-jumped',
  'clock-accepted',
  'zone-key',
  'callers',
  'locks-lifted',
  'identity',
] as const;
export type CeremonyAct = (typeof CEREMONY_ACTS)[number];

/** One step of a ceremony or of an approval, or what the vault did because of it. */
export interface CeremonyEntry {
  readonly kind: 'ceremony';
  readonly atMs: number;
  /** Name in the certificate of whoever carried it; empty for the vault's own acts. */
  readonly caller: string;
  /** 32 hexadecimal digits; empty outside a ceremony. */
  readonly ceremony: string;
  readonly act: CeremonyAct;
  /** Who signed; empty for the vault's own acts. */
  readonly by: string;
  /** KCVs, reasons, names. No share, no key. */
  readonly detail: string;
  /** What was signed, and the signature; empty for the vault's own acts. */
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
}

/** After a roll-back: no code of a step at or below these floors is accepted again. */
export interface RestoredEntry {
  readonly kind: 'restored';
  readonly atMs: number;
  readonly ceremony: string;
  /** Of the store, from now on. */
  readonly epoch: number;
  /** Of the purposes that the bank's profile has. */
  readonly floors: Readonly<Partial<Record<Purpose, number>>>;
}

/** A caller was refused something it has no right to, or gave an old request id to a new request. */
export interface RefusalEntry {
  readonly kind: 'refusal';
  readonly atMs: number;
  readonly caller: string;
  readonly rpc: string;
  readonly reason: string;
}

/** The daemon started or stopped in order. A start with no stop before it was a crash. */
export interface DaemonEntry {
  readonly kind: 'daemon';
  readonly atMs: number;
  readonly act: 'started' | 'stopped';
  readonly version: string;
  /** SHA-256 of the vault's own code, in hexadecimal. */
  readonly software: string;
}

/** One leaf of the audit log: one security-relevant act. */
export type Entry =
  | VerdictEntry
  | EnrolledEntry
  | CeremonyEntry
  | RefusalEntry
  | DaemonEntry
  | RestoredEntry
  | SpentEntry
  | LiftedEntry;

/** An entry as it is decided on: what a verdict's request is called comes with its bytes. */
export type EntryFacts = Exclude<Entry, VerdictEntry> | Verdict;
