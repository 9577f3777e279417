import type { ActReply, ActRequest, PlaceView } from './life-cycle-commands.ts';
import type { CodeParameters } from './views.ts';

/** Where a printed code goes: sealed under a zone's key, or in clear in the test realm. */
interface ForPrinter {
  /** Name of the zone; empty for a code in clear. */
  readonly zone: string;
}

/** Where a text goes: sealed to the recipient of a text gateway's zone, or in clear. */
interface ForText {
  /** `989` and nine digits. */
  readonly mobileNumber: string;
  /** Name of the zone; empty for a text in clear. */
  readonly textZone: string;
}

export interface RequestActivationCommand extends ActRequest, ForPrinter, ForText {
  readonly kind: 'request-activation';
  readonly method: 'app' | 'sms';
}

/** One code from a branch, or another one in its place (S-23). */
export type BranchCodeCommand = BranchCode & ({ readonly kind: 'allocate-code' } | { readonly kind: 'reissue-code' });

interface BranchCode extends ActRequest, ForPrinter {
  /** The branch where the customer is (S-18). */
  readonly branch: string;
  /** National ids of the people of the permission, where it names any (S-19). */
  readonly present: readonly string[];
}

export interface RepeatTextCommand extends ActRequest, ForText {
  readonly kind: 'repeat-text';
}

/** Commands that give out codes. */
export type IssueCommand = RequestActivationCommand | BranchCodeCommand | RepeatTextCommand;

export interface CompleteActivationCommand extends ActRequest {
  readonly kind: 'complete-activation';
  /** Of the activation key that the codes are sealed to. */
  readonly epoch: number;
  readonly sealedCodes: Uint8Array;
}

/** What a token proves itself with: a MAC under the seed of one of its enrolments. */
export interface TokenProof {
  readonly enrolmentId: string;
  readonly minute: number;
  readonly mac: Uint8Array;
}

export interface DeleteTokenCommand extends ActRequest {
  readonly kind: 'delete-token';
  readonly token: TokenProof;
}

export interface TokenStateCommand {
  readonly kind: 'token-state';
  readonly caller: string;
  readonly subjectName: string;
  readonly token: TokenProof;
}

export interface ActivationKeyCommand {
  readonly kind: 'activation-key';
  readonly caller: string;
}

export type ActivationAct = IssueCommand | CompleteActivationCommand | DeleteTokenCommand;
export type ActivationCommand = ActivationAct | TokenStateCommand | ActivationKeyCommand;

/** The commands of an activation that change a subject's file or places. */
export const ACTIVATION_COMMANDS = [
  'request-activation',
  'allocate-code',
  'reissue-code',
  'repeat-text',
  'complete-activation',
  'delete-token',
] as const satisfies readonly ActivationAct['kind'][];

const KINDS: ReadonlySet<string> = new Set(ACTIVATION_COMMANDS);

export function isActivationAct(command: { readonly kind: string }): command is ActivationAct {
  return KINDS.has(command.kind);
}

export function isActivationCommand(command: { readonly kind: string }): command is ActivationCommand {
  return isActivationAct(command) || command.kind === 'token-state' || command.kind === 'activation-key';
}

/** A code for paper. */
export interface PrintedCode {
  /** In clear, for a command without a zone; otherwise empty. */
  readonly digits: string;
  readonly block: Uint8Array;
  readonly untilMs: number;
}

/** A text for a gateway. */
export interface SealedText {
  readonly id: string;
  /** In clear, for a command without a zone; otherwise empty. */
  readonly clear: string;
  readonly sealed: Uint8Array;
  readonly untilMs: number;
}

/** Codes of a refused act are undefined. */
export interface IssueReply extends Omit<ActReply, 'kind'> {
  readonly kind: 'issued';
  readonly code: PrintedCode | undefined;
  readonly text: SealedText | undefined;
}

export interface CompletionReply {
  readonly kind: 'completed';
  readonly isActivated: boolean;
  readonly purposes: readonly ActivatedPurpose[];
  readonly atMs: number;
}

export interface ActivatedPurpose {
  readonly purpose: PlaceView['purpose'];
  readonly enrolmentId: string;
  readonly generation: number;
  readonly sealedSeed: Uint8Array;
  readonly parameters: CodeParameters;
}

export interface DeletionReply {
  readonly kind: 'deleted';
  readonly isDeleted: boolean;
}

/** How a token stands: none for one that is void, or whose proof is wrong. */
export interface TokenStateReply {
  readonly kind: 'token-state';
  readonly places: readonly PlaceView[];
  readonly atMs: number;
}

export interface ActivationKeyReply {
  readonly kind: 'activation-key';
  readonly publicKey: Uint8Array;
  readonly epoch: number;
  readonly signature: Uint8Array;
  readonly atMs: number;
}

export type ActivationReply = IssueReply | CompletionReply | DeletionReply | TokenStateReply | ActivationKeyReply;
