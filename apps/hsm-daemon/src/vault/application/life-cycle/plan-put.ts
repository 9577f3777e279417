import type { LifeCycleEntry } from '@ramz/audit-log';
import type { PutSubjectCommand } from '../../../boundary/life-cycle-commands.ts';
import { accountOf, holdersOf, numberOf } from '../../crypto/keyed-digests.ts';
import { sealReference } from '../../crypto/seal-reference.ts';
import { SUBJECTS_A_NUMBER_MAX } from '../../domain/register/subject-file.ts';
import type { FilePlace } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { fileAt } from '../batch/register.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { type ActPlan, type AskedAct, enrolmentsAt, entryOf, voidedHere } from './asked-act.ts';
import { withdrawal } from './plan-permission.ts';

type AskedPut = AskedAct<PutSubjectCommand>;

/**
 * Plans what the core says of a subject. Another mobile number voids all tokens that were issued
 * under the former one, of any card and customer, in the same commit (M-35, D-11, D-16).
 */
export function planPut(
  asked: AskedPut,
  draft: Draft,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'profile' | 'random'>,
): ActPlan {
  const { command, subject, file } = asked;
  const { cardIndex } = keys.keyring;
  const number = command.mobileNumber === '' ? '' : numberOf(cardIndex, command.mobileNumber);
  const reference = sealReference(cardIndex, subject, command.reference, ports.random);
  const former = file?.registered ?? '';
  if (number === '' || former === '' || number === former) {
    const withdrawn = withdrawnBy(asked, true, draft, keys, ports);
    const [ended] = withdrawn.map(({ enrolments }) => enrolments.length).filter((count) => count > 0);
    return { outcome: 'done', facts: { number, reference, ...voidedHere(ended ?? 0) }, following: withdrawn };
  }
  draft.relyOnNumber(former);
  const others = draft.filesUnder(former).filter((place) => place.subject !== subject);
  if (others.length >= SUBJECTS_A_NUMBER_MAX) return { outcome: 'too-many-subjects' };
  const voided = others.map((place) => voidedUnder(place, asked, draft, ports));
  const ended = enrolmentsAt(subject, asked.purposes, draft).map(({ id }) => id);
  const facts: Partial<LifeCycleEntry> = {
    act: 'number-changed',
    number,
    reference,
    enrolments: ended,
    purposes: asked.purposes,
    voidedSubjects: voided.filter(({ enrolments }) => enrolments.length > 0).length + Number(ended.length > 0),
    voidedEnrolments: voided.reduce((sum, { enrolments }) => sum + enrolments.length, ended.length),
  };
  // The tokens have ended with the number.
  const withdrawn = withdrawnBy(asked, false, draft, keys, ports);
  return { outcome: 'done', facts, following: [...voided, ...withdrawn] };
}

/** Tokens of another subject that were issued under the former number. Its registration stays. */
function voidedUnder(
  place: FilePlace,
  asked: AskedPut,
  draft: Draft,
  { profile }: Pick<VaultPorts, 'profile'>,
): LifeCycleEntry {
  fileAt(place);
  const purposes = profile.purposeNames.filter((purpose) => enrolmentsAt(place.subject, [purpose], draft).length > 0);
  const enrolments = enrolmentsAt(place.subject, purposes, draft).map(({ id }) => id);
  const { subject } = place;
  const facts = { act: 'voided-under-number', purposes, enrolments, requestKey: '', requestDigest: '' } as const;
  return entryOf({ ...asked, subject }, draft, facts);
}

/**
 * Permissions whose people are no longer the account's (D-21). When all end, the tokens end too.
 */
function withdrawnBy(
  asked: AskedPut,
  withTokens: boolean,
  draft: Draft,
  { keyring: { cardIndex } }: OpenKeys,
  { profile }: Pick<VaultPorts, 'profile'>,
): LifeCycleEntry[] {
  const { command, subject, file } = asked;
  if (profile.eligibility.signatoriesChange === 'keep') return [];
  const now = new Map(
    command.accounts.map(({ accountReference, holders }) => [
      accountOf(cardIndex, subject, accountReference),
      holdersOf(cardIndex, holders),
    ]),
  );
  const ended = file?.permissions.filter(({ account, holders }) => (now.get(account) ?? holders) !== holders) ?? [];
  const facts = { act: 'permission-withdrawn', requestKey: '', requestDigest: '' } as const;
  const lastAt = withTokens && ended.length === file?.permissions.length ? ended.length - 1 : -1;
  return ended.map((permission, i) =>
    entryOf(asked, draft, { ...withdrawal(permission, i === lastAt, asked, draft), ...facts }),
  );
}
