import type { IssuePermissionCommand, WithdrawPermissionCommand } from '../../../boundary/life-cycle-commands.ts';
import { accountOf, holdersOf } from '../../crypto/keyed-digests.ts';
import { eligibilityOf, missingOf } from '../../domain/life-cycle/eligibility.ts';
import { PERMISSIONS_MAX, type Permission } from '../../domain/register/subject-file.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { type ActPlan, type AskedAct, enrolmentsAt, voidedHere } from './asked-act.ts';

/** Plans a permission for one account of a customer (S-16 to S-20, D-20). */
export function planIssue(
  { command, subject, file }: AskedAct<IssuePermissionCommand>,
  { keyring: { cardIndex } }: OpenKeys,
  { profile }: Pick<VaultPorts, 'profile'>,
): ActPlan {
  const outcome = eligibilityOf(command, profile.eligibility);
  if (outcome === 'holders-missing') return { outcome, missing: missingOf(command) };
  if (outcome !== 'done') return { outcome };
  const account = accountOf(cardIndex, subject, command.accountReference);
  const others = file?.permissions.filter((one) => one.account !== account) ?? [];
  if (others.length >= PERMISSIONS_MAX) return { outcome: 'too-many-permissions' };
  const { personKind, accountKind, branch, holders } = command;
  const permission = { account, holders: holdersOf(cardIndex, holders), personKind, accountKind, branch };
  return { outcome, facts: { permission } };
}

/** Plans its end. With the last permission of a customer the tokens end, too. */
export function planWithdraw(
  asked: AskedAct<WithdrawPermissionCommand>,
  draft: Draft,
  { keyring: { cardIndex } }: OpenKeys,
): ActPlan {
  const account = accountOf(cardIndex, asked.subject, asked.command.accountReference);
  const permission = asked.file?.permissions.find((one) => one.account === account);
  if (permission === undefined) return { outcome: 'no-permission' };
  const isLast = asked.file?.permissions.length === 1;
  return { outcome: 'done', facts: withdrawal(permission, isLast, asked, draft) };
}

/** Returns what an entry says of a permission that ends, with the tokens if it is the last. */
export function withdrawal(permission: Permission, isLast: boolean, asked: AskedAct, draft: Draft) {
  const purposes = isLast ? asked.purposes : [];
  const ended = enrolmentsAt(asked.subject, purposes, draft).map(({ id }) => id);
  return { permission, purposes, enrolments: ended, ...voidedHere(ended.length) };
}
