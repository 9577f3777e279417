import type { ActOutcome, LifeCycleAct, LifeCycleEntry, Purpose } from '@ramz/audit-log';
import { hexOf } from '@ramz/custody';
import type { ActivationAct } from '../../../boundary/activation-commands.ts';
import type { SubjectActCommand } from '../../../boundary/life-cycle-commands.ts';
import { contentHash, requestDigestsOf, subjectOf } from '../../crypto/keyed-digests.ts';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import { purposesOf } from '../../domain/life-cycle/acts.ts';
import type { SubjectFile } from '../../domain/register/subject-file.ts';
import { RequestNames } from '../../store/request-names.ts';
import type { Draft } from '../batch/batch.ts';
import { standingAt } from '../batch/places.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { fileAt } from '../batch/register.ts';
import type { OpenKeys } from '../keys/open-keys.ts';

/** What acts need from outside. */
export type ActPorts = Pick<VaultPorts, 'profile' | 'random' | 'ledger'>;

/** A command that asks for an act. */
export type ActCommandOf = SubjectActCommand | ActivationAct;

/** The act that each command asks for. */
export const ACT_OF: Readonly<Record<ActCommandOf['kind'], LifeCycleAct>> = {
  'put-subject': 'subject-put',
  'close-subject': 'subject-closed',
  'issue-permission': 'permission-issued',
  'withdraw-permission': 'permission-withdrawn',
  deactivate: 'deactivated',
  'block-second-pin': 'second-pin-blocked',
  'unblock-second-pin': 'second-pin-unblocked',
  'void-token': 'token-voided',
  'report-lost': 'token-lost',
  'report-found': 'token-found',
  'request-activation': 'activation-requested',
  'allocate-code': 'code-allocated',
  'reissue-code': 'code-reissued',
  'repeat-text': 'text-repeated',
  'complete-activation': 'activated',
  'delete-token': 'token-deleted',
};

/** Returns the name of the RPC that sends a command: `deactivate` is Deactivate. */
export function rpcOf(kind: ActCommandOf['kind']): string {
  return kind.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A command with its subject, as the store has it. */
export interface AskedAct<C extends ActCommandOf = ActCommandOf> {
  readonly command: C;
  readonly act: LifeCycleAct;
  readonly subject: string;
  readonly file: SubjectFile | undefined;
  /** The bank's purposes of such a subject, a card or a customer. */
  readonly purposes: readonly Purpose[];
  readonly requestKey: string;
  readonly requestDigest: string;
}

/** What an act does: an entry for its subject, and further ones for what follows from it. */
export interface ActPlan {
  readonly outcome: ActOutcome;
  readonly facts?: Partial<LifeCycleEntry>;
  readonly following?: readonly LifeCycleEntry[];
  /** National ids of people who must be present and are not. */
  readonly missing?: readonly string[];
}

/** @throws RowBroken */
export function askedAct<C extends ActCommandOf>(
  command: C,
  draft: Draft,
  { keyring: { cardIndex } }: OpenKeys,
  { profile }: Pick<VaultPorts, 'profile'>,
): AskedAct<C> {
  const { group, requestId, subjectName } = command;
  const subject = subjectOf(cardIndex, subjectName);
  const asked = [subject, contentHash(contentOf(command))];
  const names = new RequestNames(requestDigestsOf(cardIndex, [{ group, requestId, asked }]));
  return {
    command,
    act: ACT_OF[command.kind],
    subject,
    file: fileAt(draft.file(subject)),
    purposes: purposesOfSubject(subjectName, profile),
    requestKey: names.keyOf(0),
    requestDigest: names.digestOf(0),
  };
}

export function purposesOfSubject(subjectName: string, profile: VaultPorts['profile']): readonly Purpose[] {
  const kind = subjectName.startsWith('card/') ? 'card' : 'customer';
  return profile.purposeNames.filter((purpose) => profile.purposes[purpose]?.subject === kind);
}

/** Everything that a repeated request must match. Further fields of a command mean nothing. */
function contentOf(command: ActCommandOf): readonly string[] {
  const { kind, channel } = command;
  switch (command.kind) {
    case 'put-subject': {
      const { reference, mobileNumber, accounts } = command;
      const people = accounts.map(({ accountReference, holders }) => [accountReference, ...holders].join(','));
      return [kind, channel, reference, mobileNumber, ...people];
    }
    case 'issue-permission': {
      const { accountReference, accountKind, personKind, openingBranch, branch, holders, present } = command;
      const people = [holders.join(','), present.join(',')];
      return [kind, channel, accountReference, accountKind, personKind, openingBranch, branch, ...people];
    }
    case 'withdraw-permission':
      return [kind, channel, command.accountReference];
    case 'void-token':
    case 'report-lost':
    case 'report-found':
      return [kind, channel, command.tokenSerial];
    case 'request-activation':
      return [kind, channel, command.mobileNumber, command.method, command.zone];
    case 'allocate-code':
    case 'reissue-code':
      return [kind, channel, command.branch, command.zone, ...command.present];
    case 'repeat-text':
      return [kind, channel, command.mobileNumber];
    case 'complete-activation':
      return [kind, hexOf(command.sealedCodes)];
    case 'delete-token':
      return [kind, command.token.enrolmentId, hexOf(command.token.mac)];
    default:
      return [kind, channel];
  }
}

/** Returns the enrolments of a subject in some purposes. */
export function enrolmentsAt(subject: string, purposes: readonly Purpose[], draft: Draft): Enrolment[] {
  return purposes.flatMap((purpose) => standingAt(draft.place(subject, purpose))?.enrolments ?? []);
}

/** Returns what an act on one subject ended, as its entry counts it. */
export function voidedHere(enrolments: number) {
  return { voidedSubjects: Number(enrolments > 0), voidedEnrolments: enrolments } as const;
}

/** Returns the entry of an act that was done, with what the act is about. */
export function entryOf(
  { command, act, subject, purposes, requestKey, requestDigest }: AskedAct,
  draft: Draft,
  facts: Partial<LifeCycleEntry>,
): LifeCycleEntry {
  const { caller, channel } = command;
  const touched = facts.purposes ?? purposesOf(facts.act ?? act, purposes);
  return {
    kind: 'life-cycle',
    atMs: draft.nowMs,
    caller,
    channel: channel === 'gateway' ? '' : channel,
    act,
    outcome: 'done',
    subject,
    number: '',
    enrolments: [],
    reference: new Uint8Array(),
    permission: undefined,
    voidedSubjects: 0,
    voidedEnrolments: 0,
    requestKey,
    requestDigest,
    ...facts,
    purposes: touched,
  };
}
