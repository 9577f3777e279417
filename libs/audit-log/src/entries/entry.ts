import type {
  AccountKind,
  ActivationMethod,
  ActOutcome,
  Channel,
  LifeCycleAct,
  PersonKind,
  Purpose,
  VerdictReason,
} from './words.ts';

/** A verdict on one code, without key and digest of its request. Contains no code or card. */
export interface Verdict {
  readonly kind: 'verdict';
  readonly atMs: number;
  readonly caller: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly purpose: Purpose;
  /** The enrolment decided on; empty when there was none, or several and the code matched none. */
  readonly enrolmentId: string;
  readonly reason: VerdictReason;
  /** The accepted step, or the step that a used code matched; 0 when none matched. */
  readonly step: number;
}

export interface VerdictEntry extends Verdict {
  /** Keyed hash of (caller, request id), 32 hexadecimal digits. */
  readonly requestKey: string;
  /** Keyed hash of the request's contents, 32 hexadecimal digits. */
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

/** An accepted code was by chance also another token's code: it is used up there too. */
export interface SpentEntry {
  readonly kind: 'spent';
  readonly atMs: number;
  readonly subject: string;
  readonly purpose: Purpose;
  readonly enrolmentId: string;
  readonly step: number;
}

/** A quorum lifted a lock that a blocked caller caused: its wrong tries no longer count. */
export interface LiftedEntry {
  readonly kind: 'lifted';
  readonly atMs: number;
  readonly subject: string;
  readonly purpose: Purpose;
}

/**
 * The accepted code of the verdict before it signed a transaction: this response is used up, and
 * others of the same step are not.
 */
export interface SignedEntry {
  readonly kind: 'signed';
  readonly atMs: number;
  readonly subject: string;
  readonly purpose: Purpose;
  readonly enrolmentId: string;
  readonly step: number;
  /** MAC of the response under the token's key, 32 hexadecimal digits. */
  readonly response: string;
}

/** A permission to use codes for one account of a customer (S-20, D-20). */
export interface PermissionFacts {
  /** Keyed hash of the customer and the account, 32 hexadecimal digits. */
  readonly account: string;
  /** Keyed hash of the set of people who must be present; empty when none must. */
  readonly holders: string;
  readonly personKind: PersonKind;
  readonly accountKind: AccountKind;
  /** The branch that issued it. */
  readonly branch: string;
}

/** An activation as its entries have it: no code, which only the vault can derive (D-4). */
export interface ActivationFacts {
  /** 32 hexadecimal digits, drawn at random. The codes derive from it. */
  readonly id: string;
  readonly method: ActivationMethod;
  /** Epoch of the seed master key that the codes derive from. */
  readonly epoch: number;
  /** Of the stored keys: an activation from before a restore is over. */
  readonly storeEpoch: number;
  /** End of the printed code's life. */
  readonly codeUntilMs: number;
  /** Number of the code in the text, from 1; 0 for an activation without a text. */
  readonly textCode: number;
  /** End of that code's life. */
  readonly textUntilMs: number;
  /** Fingerprint of the app's key that used the codes, 32 hexadecimal digits, or empty. */
  readonly appKey: string;
  /** Enrolments that it made. */
  readonly made: readonly string[];
}

/** An act on one subject, done or refused. Contains no number, name or identity of a person. */
export interface LifeCycleEntry {
  readonly kind: 'life-cycle';
  readonly atMs: number;
  readonly caller: string;
  /** Empty for the core and for acts of the vault itself. */
  readonly channel: Channel | '';
  readonly act: LifeCycleAct;
  readonly outcome: ActOutcome;
  readonly subject: string;
  /** Purposes whose standings the act may change. */
  readonly purposes: readonly Purpose[];
  /** Keyed hash of the mobile number that is registered from now on, or empty. */
  readonly number: string;
  /** Enrolments that the act ends, suspends or resumes. */
  readonly enrolments: readonly string[];
  /** The core's name of the subject, sealed; empty when it stays. */
  readonly reference: Uint8Array;
  readonly permission: PermissionFacts | undefined;
  /** All that were voided: of this subject, and of others in the entries after it. */
  readonly voidedSubjects: number;
  readonly voidedEnrolments: number;
  /** Empty for what follows from another subject's act. */
  readonly requestKey: string;
  readonly requestDigest: string;
  /** Set for the acts in `ACTIVATION_ACTS`, and for no other. */
  readonly activation?: ActivationFacts | undefined;
}

export const CEREMONY_ACTS = [
  // Acts of people: the types of their statements.
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
  // Acts of the vault.
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

/** A step of a ceremony or approval, or an act of the vault that follows from one. */
export interface CeremonyEntry {
  readonly kind: 'ceremony';
  readonly atMs: number;
  /** Name in the certificate of the caller that sent it; empty for the vault's own acts. */
  readonly caller: string;
  /** 32 hexadecimal digits; empty outside a ceremony. */
  readonly ceremony: string;
  readonly act: CeremonyAct;
  /** The signer; empty for the vault's own acts. */
  readonly by: string;
  /** KCVs, reasons, names. No share, no key. */
  readonly detail: string;
  /** The signed statement, and the signature; empty for the vault's own acts. */
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
}

/** A restore after a roll-back: no code of a step at or below these floors is accepted again. */
export interface RestoredEntry {
  readonly kind: 'restored';
  readonly atMs: number;
  readonly ceremony: string;
  /** The store's epoch from now on. */
  readonly epoch: number;
  /** Floors of the purposes in the bank's profile. */
  readonly floors: Readonly<Partial<Record<Purpose, number>>>;
}

/** A caller made a call that it has no right to, or used an old request id for a new request. */
export interface RefusalEntry {
  readonly kind: 'refusal';
  readonly atMs: number;
  readonly caller: string;
  readonly rpc: string;
  readonly reason: string;
}

/** The daemon started, or shut down in order. A start without a stop before it follows a crash. */
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
  | LiftedEntry
  | SignedEntry
  | LifeCycleEntry;

/** An entry as it is decided: the key and digest of a verdict's request are passed as bytes. */
export type EntryFacts = Exclude<Entry, VerdictEntry> | Verdict;
