import type { DaemonState } from './daemon-state.ts';

export const PURPOSES = ['first-pin', 'second-pin'] as const;
/** What a code is for; each purpose of a card has its own seed. */
export type Purpose = (typeof PURPOSES)[number];

export const CHANNELS = ['internet-bank', 'mobile-bank', 'atm', 'pos', 'branch', 'telephone-bank'] as const;
/** Where in the bank a call comes from: said by the caller's certificate. */
export type Channel = (typeof CHANNELS)[number];

/** One code to decide on. Checked and normalised by the front; the vault checks it again. */
export interface Attempt {
  readonly request_id: string;
  readonly card_number: string;
  readonly purpose: Purpose;
  readonly code: string;
}

export interface VerifyCommand {
  readonly kind: 'verify';
  readonly caller: string;
  readonly channel: Channel;
  readonly attempts: readonly Attempt[];
}

export interface EnrolCommand {
  readonly kind: 'enrol';
  readonly caller: string;
  readonly card_number: string;
  readonly purpose: Purpose;
  readonly token_serial: string;
  readonly token_public_key: Uint8Array;
}

export interface InitialiseCommand {
  readonly kind: 'initialise';
  readonly caller: string;
  readonly threshold: number;
  readonly custodians: readonly { readonly name: string; readonly public_key: Uint8Array }[];
}

export interface GiveShareCommand {
  readonly kind: 'give-share';
  readonly caller: string;
  readonly custodian: string;
  readonly envelope: Uint8Array;
}

/** A caller was refused before its request reached the vault: the audit log keeps that too. */
export interface NoteRefusalCommand {
  readonly kind: 'note-refusal';
  readonly caller: string;
  readonly rpc: string;
  readonly reason: string;
}

/** Everything the front may ask of the vault. Nothing else crosses the wall. */
export type Command =
  | VerifyCommand
  | EnrolCommand
  | InitialiseCommand
  | GiveShareCommand
  | NoteRefusalCommand
  | { readonly kind: 'session-key' }
  | { readonly kind: 'seal'; readonly caller: string }
  | { readonly kind: 'status' };

export const VERDICT_REASONS = [
  'accepted',
  'wrong-code',
  'used-code',
  'locked-now',
  'locked-before',
  'not-enrolled',
] as const;
/** Why a verdict is what it is. The front tells it only to callers with the `diagnose` right (D-14). */
export type VerdictReason = (typeof VERDICT_REASONS)[number];

/** What became of one attempt. */
export interface AttemptResult {
  readonly reason: VerdictReason;
  readonly log_index: number;
}

export interface EnrolReply {
  readonly kind: 'enrolled';
  readonly enrolment_id: string;
  readonly generation: number;
  readonly sealed_seed: Uint8Array;
  readonly parameters: {
    readonly hash: string;
    readonly digits: number;
    readonly period_s: number;
    readonly t0_s: number;
  };
  readonly log_index: number;
}

export interface InitialiseReply {
  readonly kind: 'initialised';
  readonly shares: readonly { readonly custodian: string; readonly envelope: Uint8Array }[];
  readonly root_key_kcv: string;
  readonly log_index: number;
}

export interface StatusReply {
  readonly kind: 'status';
  readonly state: DaemonState;
  readonly realm: string;
  readonly profile: string;
  readonly log_size: number;
  readonly active_enrolments: number;
  readonly root_key_kcv: string;
  readonly shares_given: number;
  readonly threshold: number;
}

/** Why the vault refused a command. A wrong code is not among them: that is a verdict. */
export type FaultReason =
  | 'wrong-state'
  | 'malformed'
  | 'request-id-reused'
  | 'threshold-range'
  | 'custodians-not-distinct'
  | 'public-key-malformed'
  | 'share-refused'
  | 'request-memory-full';

export interface FaultReply {
  readonly kind: 'fault';
  readonly reason: FaultReason;
  /** One sentence for the caller: no key, code or card number in it. */
  readonly message: string;
  readonly state: DaemonState;
}

/** What each command is answered with when it is not refused. */
export interface ReplyOf {
  verify: { readonly kind: 'verdicts'; readonly results: readonly AttemptResult[] };
  enrol: EnrolReply;
  initialise: InitialiseReply;
  'session-key': { readonly kind: 'session-key'; readonly public_key: Uint8Array };
  'give-share': {
    readonly kind: 'share-given';
    readonly given: number;
    readonly threshold: number;
    readonly unsealed: boolean;
  };
  seal: { readonly kind: 'sealed'; readonly log_index: number };
  status: StatusReply;
  'note-refusal': { readonly kind: 'noted' };
}

export type Reply = ReplyOf[Command['kind']] | FaultReply;

/** Commands that arrived while the former batch was away, and their replies in the same order. */
export type ToVault = { readonly batch: readonly Command[] } | { readonly stop: true };
export type ToFront = { readonly replies: readonly Reply[] } | { readonly ready: true } | { readonly failed: string };
