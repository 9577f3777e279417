import type { AccountKind, ActOutcome, Channel, LifeCycleAct, PersonKind, Purpose } from '@ramz/audit-log';

/** Who asks for an act: a channel, the bank's core (empty), or a gateway for an app. */
export type Asking = Channel | '' | 'gateway';

/** An act on one subject. The vault checks again what its caller may do. */
export interface ActRequest {
  readonly caller: string;
  /** Owner of the request ids: the caller, or a group of callers. */
  readonly group: string;
  readonly channel: Asking;
  readonly requestId: string;
  /** `card/` or `customer/`, followed by the number. */
  readonly subjectName: string;
}

/** An account of a customer, with the national ids of all who must agree to codes. */
export interface AccountHolders {
  readonly accountReference: string;
  readonly holders: readonly string[];
}

/** What the core knows of a subject (D-25). An empty text leaves what there is. */
export interface PutSubjectCommand extends ActRequest {
  readonly kind: 'put-subject';
  readonly reference: string;
  /** `989` and nine digits. */
  readonly mobileNumber: string;
  readonly accounts: readonly AccountHolders[];
}

export interface IssuePermissionCommand extends ActRequest, AccountHolders {
  readonly kind: 'issue-permission';
  readonly accountKind: AccountKind;
  readonly personKind: PersonKind;
  readonly openingBranch: string;
  readonly branch: string;
  readonly present: readonly string[];
}

export interface WithdrawPermissionCommand extends ActRequest {
  readonly kind: 'withdraw-permission';
  readonly accountReference: string;
}

/** Acts that need nothing but their subject. */
export type PlainActCommand = OfKind<'close-subject' | 'deactivate' | 'block-second-pin' | 'unblock-second-pin'>;

export type TokenActCommand = OfKind<'void-token' | 'report-lost' | 'report-found'> & { readonly tokenSerial: string };

/** A command for each kind. */
type OfKind<Kind extends string> = Kind extends string ? ActRequest & { readonly kind: Kind } : never;

export type SubjectActCommand =
  | PutSubjectCommand
  | IssuePermissionCommand
  | WithdrawPermissionCommand
  | PlainActCommand
  | TokenActCommand;

/** The commands that change a subject's file or places. */
export const SUBJECT_ACTS = [
  'put-subject',
  'close-subject',
  'issue-permission',
  'withdraw-permission',
  'deactivate',
  'block-second-pin',
  'unblock-second-pin',
  'void-token',
  'report-lost',
  'report-found',
] as const satisfies readonly SubjectActCommand['kind'][];

const ACTS: ReadonlySet<string> = new Set(SUBJECT_ACTS);

export function isSubjectAct(command: { readonly kind: string }): command is SubjectActCommand {
  return ACTS.has(command.kind);
}

export interface FileCommand {
  readonly kind: 'file';
  readonly caller: string;
  readonly channel: Channel | '';
  readonly subjectName: string;
}

/** The core has sent all its subjects after a restore (D-23). */
export interface EndReplayCommand {
  readonly kind: 'end-replay';
  readonly caller: string;
}

/** Entries that a restored store has lost, from an export of the log that was checked (D-23). */
export interface ReplayEntriesCommand {
  readonly kind: 'replay-entries';
  readonly caller: string;
  /** Leaves of the tree, in their order. */
  readonly entries: readonly Uint8Array[];
}

export interface ActReply {
  readonly kind: 'acted';
  readonly act: LifeCycleAct;
  readonly outcome: ActOutcome;
  readonly isRepeated: boolean;
  readonly voidedSubjects: number;
  readonly voidedEnrolments: number;
  /** National ids of those who must be present and are not; only for `holders-missing`. */
  readonly missing: readonly string[];
  readonly logIndex: number;
}

export interface FileReply {
  readonly kind: 'file';
  readonly isKnown: boolean;
  readonly reference: string;
  readonly hasNumber: boolean;
  readonly method: 'none' | 'app' | 'sms' | 'device';
  readonly isStaticSecondPinOn: boolean;
  readonly isClosed: boolean;
  /** End of the life of a code that is out and was not used; 0 for none. */
  readonly codeUntilMs: number;
  readonly permissions: readonly PermissionView[];
  readonly places: readonly PlaceView[];
}

export interface PermissionView {
  readonly personKind: PersonKind;
  readonly accountKind: AccountKind;
  readonly branch: string;
  readonly issuedAtMs: number;
}

export interface PlaceView {
  readonly purpose: Purpose;
  readonly status: 'none' | 'active' | 'locked' | 'deactivated' | 'blocked' | 'void';
  readonly tokens: readonly { readonly serial: string; readonly isLost: boolean }[];
}

export interface ReplayedReply {
  readonly kind: 'replayed';
  /** Subjects on which something was taken away. */
  readonly subjects: number;
}

export type LifeCycleCommand = SubjectActCommand | FileCommand | EndReplayCommand | ReplayEntriesCommand;
