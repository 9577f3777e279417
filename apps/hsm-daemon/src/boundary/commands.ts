import type { Channel, Purpose, VerdictReason } from '@ramz/audit-log';
import type { DaemonState, PersonRole } from '@ramz/custody';
import type {
  ActivationCommand,
  ActivationKeyReply,
  CompletionReply,
  DeletionReply,
  IssueCommand,
  IssueReply,
  TokenStateReply,
} from './activation-commands.ts';
import type { ActReply, FileReply, LifeCycleCommand, ReplayedReply, SubjectActCommand } from './life-cycle-commands.ts';
import type { StatusReply } from './status-reply.ts';
import type { CodeParameters, EventView, KeyView, ZoneView } from './views.ts';

/** One code to decide on. The front checks and normalizes it; the vault checks it again. */
export interface Attempt {
  readonly requestId: string;
  /** `card/` or `customer/`, followed by the number. */
  readonly subjectName: string;
  readonly purpose: Purpose;
  /** The only token to check; empty for any token of the subject. */
  readonly tokenSerial: string;
  /** Empty when the code is in a PIN block. */
  readonly code: string;
  readonly sealedCode?: SealedCode;
}

/** A code as an ISO 9564 PIN block of format 4. */
export interface SealedCode {
  readonly zone: string;
  readonly pinBlock: Uint8Array;
}

export interface VerifyCommand {
  readonly kind: 'verify';
  readonly caller: string;
  /** Owner of the request ids: the caller, or a group of callers. */
  readonly group: string;
  readonly channel: Channel;
  readonly attempts: readonly Attempt[];
}

/** Two consecutive codes of a token whose clock has drifted out of the window. */
export interface ResynchroniseCommand {
  readonly kind: 'resynchronise';
  readonly caller: string;
  readonly group: string;
  readonly channel: Channel;
  /** Whether past steps may be searched: a right of the caller's certificate. */
  readonly goesBack: boolean;
  readonly requestId: string;
  readonly subjectName: string;
  readonly purpose: Purpose;
  readonly tokenSerial: string;
  readonly code: string;
  readonly nextCode: string;
  /** The transaction that both codes sign; only for a transaction-signature token. */
  readonly transaction?: Transaction | undefined;
}

/**
 * The transaction that a code signs (PSD2 RTS, 5). One changed letter makes it another transaction.
 */
export interface Transaction {
  readonly type: string;
  /** Decimal, as it was shown. */
  readonly amount: string;
  readonly currency: string;
  readonly payee: string;
}

/** A code that signs a transaction. Its purpose is always transaction signature. */
export interface VerifySignatureCommand {
  readonly kind: 'verify-signature';
  readonly caller: string;
  readonly group: string;
  readonly channel: Channel;
  readonly requestId: string;
  readonly subjectName: string;
  readonly tokenSerial: string;
  readonly transaction: Transaction;
  readonly code: string;
}

export interface EnrolCommand {
  readonly kind: 'enrol';
  readonly caller: string;
  readonly subjectName: string;
  readonly purpose: Purpose;
  readonly tokenSerial: string;
  readonly tokenPublicKey: Uint8Array;
}

/** One person's signed statement, with what it seals for the vault. */
export interface ActCommand {
  readonly kind: 'act';
  readonly caller: string;
  /** From the caller's certificate: no one acts with a role that it does not name. */
  readonly role: PersonRole;
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
  /** The envelope that the statement names by its hash; empty if it names none. */
  readonly attachment: Uint8Array;
}

export interface SelfTestCommand {
  readonly kind: 'self-test';
  readonly caller: string;
  /** A test to fail on purpose, in the test realm; empty for none. */
  readonly force: string;
}

export interface EntriesCommand {
  readonly kind: 'entries';
  readonly first: number;
  readonly count: number;
}

export interface EventsCommand {
  readonly kind: 'events';
  /** Log index. */
  readonly first: number;
  readonly count: number;
  /** Whether to repeat the core's references of the subjects: to the core only. */
  readonly withReferences?: boolean;
}

/**
 * RFC 9162, 2.1.3 and 2.1.4: proof that an entry is in the tree, or that one tree is the beginning
 * of another.
 */
export interface ProofCommand {
  readonly kind: 'proof';
  readonly of: 'inclusion' | 'consistency';
  /** Index of the entry, or size of the smaller tree. */
  readonly at: number;
  readonly size: number;
}

/** A refusal before the request reached the vault. The audit log records it too. */
export interface NoteRefusalCommand {
  readonly kind: 'note-refusal';
  readonly caller: string;
  readonly rpc: string;
  readonly reason: string;
}

/** Everything the front may ask of the vault. Nothing else crosses the wall. */
export type Command =
  | VerifyCommand
  | ResynchroniseCommand
  | VerifySignatureCommand
  | EnrolCommand
  | ActCommand
  | SelfTestCommand
  | EntriesCommand
  | EventsCommand
  | ProofCommand
  | NoteRefusalCommand
  | LifeCycleCommand
  | ActivationCommand
  | { readonly kind: 'announce'; readonly nonce: string }
  | { readonly kind: 'minutes'; readonly ceremony: string }
  | { readonly kind: 'keys' }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'status' };

/** The result of one attempt. */
export interface AttemptResult {
  readonly reason: VerdictReason;
  readonly logIndex: number;
  /** True if the verdict was given before, under the same request id. */
  readonly isRepeated: boolean;
}

export interface EnrolReply {
  readonly kind: 'enrolled';
  readonly enrolmentId: string;
  readonly generation: number;
  readonly sealedSeed: Uint8Array;
  readonly parameters: CodeParameters;
  readonly logIndex: number;
}

/** An announcement as canonical JSON, signed by the vault's identity key. */
export interface AnnouncedReply {
  readonly kind: 'announced';
  readonly announcement: Uint8Array;
  readonly signature: Uint8Array;
  readonly identity: Uint8Array;
  /** After `collect`: the share, sealed to the custodian who requested it. Empty otherwise. */
  readonly attachment: Uint8Array;
  /** Number of log entries after it. */
  readonly logSize: number;
}

export interface MinutesReply {
  readonly kind: 'minutes';
  /** Canonical JSON; `signature` is the identity key's signature over it. */
  readonly minutes: Uint8Array;
  readonly signature: Uint8Array;
  readonly identity: Uint8Array;
  /** The participants' statements, by which they signed the minutes. */
  readonly signed: readonly { readonly statement: Uint8Array; readonly signature: Uint8Array }[];
}

export interface SelfTestReply {
  readonly kind: 'self-tested';
  readonly results: readonly { readonly name: string; readonly passed: boolean }[];
}

export interface CheckpointReply {
  readonly kind: 'checkpoint';
  /** A C2SP signed note. */
  readonly note: string;
  /** The newest 1,000 earlier notes, the newest last. */
  readonly former: readonly string[];
  readonly publicKey: Uint8Array;
}

/** Why the vault refused a command. A wrong code is not listed: it gets a verdict. */
export type FaultReason =
  | 'wrong-state'
  | 'malformed'
  | 'channel-not-allowed'
  | 'request-id-reused'
  | 'public-key-malformed'
  | 'request-memory-full'
  | 'too-many-tokens'
  | 'too-much-to-compare'
  | 'queue-full'
  | 'caller-blocked'
  | 'locks-spent'
  | 'store-unavailable'
  | 'row-broken'
  | 'statement-refused'
  | 'share-refused'
  | 'not-found'
  | 'too-many-acts'
  | 'not-in-profile'
  | 'direct-enrolment'
  | 'subject-blocked'
  | 'subject-closed'
  | 'replay-pending'
  | 'too-much-to-record'
  | 'codes-not-sealed';

export interface FaultReply {
  readonly kind: 'fault';
  readonly reason: FaultReason;
  /** One sentence for the caller, without any key, code or card number. */
  readonly message: string;
  readonly state: DaemonState;
}

/** The reply to each command that is not refused. */
export interface ReplyOf
  extends Readonly<Record<SubjectActCommand['kind'], ActReply>>,
    Readonly<Record<IssueCommand['kind'], IssueReply>> {
  verify: { readonly kind: 'verdicts'; readonly results: readonly AttemptResult[] };
  resynchronise: { readonly kind: 'verdicts'; readonly results: readonly AttemptResult[] };
  'verify-signature': { readonly kind: 'verdicts'; readonly results: readonly AttemptResult[] };
  enrol: EnrolReply;
  act: AnnouncedReply;
  announce: AnnouncedReply;
  minutes: MinutesReply;
  keys: {
    readonly kind: 'keys';
    readonly realm: string;
    readonly keys: readonly KeyView[];
    readonly zones: readonly ZoneView[];
  };
  'self-test': SelfTestReply;
  checkpoint: CheckpointReply;
  entries: { readonly kind: 'entries'; readonly entries: readonly Uint8Array[]; readonly logSize: number };
  events: { readonly kind: 'events'; readonly events: readonly EventView[]; readonly next: number };
  proof: { readonly kind: 'proof'; readonly hashes: readonly Uint8Array[] };
  status: StatusReply;
  'note-refusal': { readonly kind: 'noted' };
  file: FileReply;
  'end-replay': { readonly kind: 'noted' };
  'replay-entries': ReplayedReply;
  'complete-activation': CompletionReply;
  'delete-token': DeletionReply;
  'token-state': TokenStateReply;
  'activation-key': ActivationKeyReply;
}

export type Reply = ReplyOf[Command['kind']] | FaultReply;
