import type { LifeCycleEntry } from '@ramz/audit-log';
import type { IssueCommand } from '../../../boundary/activation-commands.ts';
import type { ActReply, SubjectActCommand } from '../../../boundary/life-cycle-commands.ts';
import { CODE_ACTS, GIVING_ACTS } from '../../domain/life-cycle/acts.ts';
import { missingOf } from '../../domain/life-cycle/eligibility.ts';
import { actsOfDay, GIVING_ACTS_A_DAY_MAX, type RememberedAct } from '../../domain/register/subject-file.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { type ActPlan, type ActPorts, type AskedAct, askedAct, entryOf, rpcOf } from './asked-act.ts';
import { assertMayAct } from './assert-may-act.ts';
import { evenOutFiles } from './even-out-files.ts';
import { planBranchCode, planRepeat, planRequest } from './plan-codes.ts';
import { planIssue, planWithdraw } from './plan-permission.ts';
import { planPlain } from './plan-plain.ts';
import { planPut } from './plan-put.ts';
import { planToken } from './plan-token.ts';

/**
 * Takes an act on a subject from its command to entries of the log: checks the caller, finds a
 * former answer, plans, and records. The fold of the entries is what changes places and files.
 * @throws Fault, RowBroken
 */
export function runAct(
  command: SubjectActCommand | IssueCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: ActPorts,
): ActReply {
  assertMayAct(command, draft, ports);
  const asked = askedAct(command, draft, keys, ports);
  if (command.channel === 'gateway') evenOutFiles(asked, draft, keys, ports);
  const former = formerAct(asked, draft);
  if (former !== undefined) return { ...replyOf(former), isRepeated: true, missing: missingAgain(asked, former) };
  assertNotTooMany(asked, draft);
  const plan = planOf(asked, draft, keys, ports);
  const { outcome, facts = {}, following = [], missing = [] } = plan;
  const entry = entryOf(asked, draft, outcome === 'done' ? facts : { outcome, purposes: [] });
  const logIndex = recordAct(entry, asked, draft);
  for (const one of following) draft.record(one);
  return { ...replyOf({ ...entry, logIndex }), isRepeated: false, missing };
}

/** Names of people are kept nowhere: the repeated request has them. */
function missingAgain({ command }: AskedAct, { outcome }: RememberedAct): readonly string[] {
  return outcome === 'holders-missing' && command.kind === 'issue-permission' ? missingOf(command) : [];
}

function planOf(asked: AskedAct, draft: Draft, keys: OpenKeys, ports: ActPorts): ActPlan {
  const { command, file } = asked;
  // The core may open a closed subject again: its tokens stay void.
  const reopens = command.kind === 'put-subject' && command.channel === '';
  if (file?.isClosed === true && !reopens) return { outcome: 'closed' };
  switch (command.kind) {
    case 'put-subject':
      return planPut({ ...asked, command }, draft, keys, ports);
    case 'issue-permission':
      return planIssue({ ...asked, command }, keys, ports);
    case 'withdraw-permission':
      return planWithdraw({ ...asked, command }, draft, keys);
    case 'void-token':
    case 'report-lost':
    case 'report-found':
      return planToken({ ...asked, command }, draft);
    case 'request-activation':
      return planRequest({ ...asked, command }, draft, keys, ports);
    case 'allocate-code':
    case 'reissue-code':
      return planBranchCode({ ...asked, command }, draft, keys, ports);
    case 'repeat-text':
      return planRepeat({ ...asked, command }, draft, keys, ports);
    default:
      return planPlain(asked, draft);
  }
}

/** A refusal on a subject without a file makes none: a wrong card number would leave a row. */
function recordAct(entry: LifeCycleEntry, { command, file }: AskedAct, draft: Draft): number {
  // What a gateway asks leaves the same entry for each card, and no event.
  if (entry.outcome === 'done' || file !== undefined || command.channel === 'gateway') return draft.record(entry);
  const { caller, kind } = command;
  return draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc: rpcOf(kind), reason: entry.outcome });
}

/**
 * Returns the answer given to the same request in the last day.
 * @throws Fault when its id names another request
 */
export function formerAct(
  { command, file, requestKey, requestDigest }: AskedAct,
  draft: Draft,
): RememberedAct | undefined {
  if (file === undefined) return undefined;
  const former = actsOfDay(file, draft.nowMs).find((one) => one.requestKey === requestKey);
  if (former === undefined) return undefined;
  if (former.requestDigest === requestDigest) {
    draft.tellFormer();
    return former;
  }
  const { caller, kind, channel } = command;
  // To a gateway such an id is new: an error would show that the card has a file.
  if (channel === 'gateway') return undefined;
  draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc: rpcOf(kind), reason: 'request-id-reused' });
  throw new Fault('request-id-reused', 'a request id was used for another request in the last 24 hours');
}

/** @throws Fault */
function assertNotTooMany({ file, act }: AskedAct, { nowMs }: Draft): void {
  if (file === undefined || !GIVING_ACTS.includes(act)) return;
  // Codes that a machine asks for keep no customer from an unblock at a branch.
  const isOfCodes = CODE_ACTS.includes(act);
  const given = actsOfDay(file, nowMs).filter(
    (one) => GIVING_ACTS.includes(one.act) && CODE_ACTS.includes(one.act) === isOfCodes,
  );
  if (given.length < GIVING_ACTS_A_DAY_MAX) return;
  const what = isOfCodes ? 'an activation' : 'an unblock, a found token or a permission';
  throw new Fault(
    'too-many-acts',
    `a card or customer gets ${what} at most ${GIVING_ACTS_A_DAY_MAX} times in 24 hours`,
  );
}

function replyOf({
  act,
  outcome,
  voidedSubjects,
  voidedEnrolments,
  logIndex,
}: Omit<RememberedAct, 'requestKey' | 'requestDigest'>) {
  return { kind: 'acted', act, outcome, voidedSubjects, voidedEnrolments, logIndex } as const;
}
