import type { Purpose, Verdict, VerdictReason } from '@ramz/audit-log';
import type { AttemptResult } from '../../../boundary/commands.ts';
import type { Comparison } from '../../domain/verification/decide.ts';
import type { RequestNames } from '../../store/request-names.ts';
import type { Draft, FormerAnswer } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import { standingAt } from '../batch/places.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { Call, Try } from './call.ts';
import { evenOut } from './even-out.ts';
import type { LockBudget } from './lock-budget.ts';
import { refuseLocks } from './refuse-locks.ts';
import { Siblings } from './siblings.ts';
import { weighTries } from './weigh-tries.ts';

/**
 * Decides the tries of a call in their order; each sees what those before it did. Every verdict on
 * a code comes from here. A channel that is not allowed, a request id that names another request,
 * an unreadable row or a caller that locks too many cards refuses the whole call before any try is
 * decided: its codes are not used up.
 * @throws Fault, RowBroken
 */
export function decideCall(
  call: Call,
  draft: Draft,
  keys: OpenKeys,
  locks: LockBudget,
  ports: Pick<VaultPorts, 'profile' | 'monotonicMs' | 'decide'>,
): AttemptResult[] {
  const { tries } = call;
  for (const { purpose, rules } of tries) refuseChannel(call, purpose, rules.purpose.channels, draft, ports);
  if (!draft.hasRoomForRequests(tries.length)) {
    throw new Fault('request-memory-full', 'too many requests in 24 hours to remember them all');
  }
  const former = formerAnswers(call, draft);
  const fresh = tries.filter((_, i) => former[i] === undefined);
  for (const { place } of fresh) new Siblings(place, draft, ports.profile).assertReadable();
  refuseLocks({ ...call, tries: fresh }, draft, locks, ports);
  return tries.map((tried, i) => repeated(former[i], tried, draft) ?? decideOne(call, tried, draft, keys, ports));
}

/** Verdicts that depend on the wrong tries of all purposes (D-2). */
const COUNTED: readonly VerdictReason[] = ['wrong-code', 'locked-now', 'slow-locked-now', 'card-locked-now'];

/** The other refusals. They count nothing, and their timing must not reveal that. */
const UNCOUNTED: readonly VerdictReason[] = [
  'used-code',
  'locked-before',
  'not-enrolled',
  'deactivated',
  'blocked',
  'voided',
];

function decideOne(
  { caller, channel }: Call,
  tried: Try,
  draft: Draft,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'profile' | 'decide'>,
): AttemptResult {
  const { place, rules, request } = tried;
  const { subject, purpose } = place;
  const atMs = draft.nowMs;
  const standing = standingAt(place);
  const compared = comparedNow(tried, keys, atMs);
  const siblings = new Siblings(place, draft, ports.profile);
  const { reason, step, enrolmentId, spent, response } = ports.decide(standing, siblings, rules, compared, atMs);
  // Two wrong codes of one card, for two purposes and at two daemons, must not both be its ninth.
  // The uncounted refusals do the same, to take as long.
  if (COUNTED.includes(reason) || UNCOUNTED.includes(reason)) draft.relyOn(siblings.places());
  const verdict: Verdict = { kind: 'verdict', atMs, caller, channel, subject, purpose, enrolmentId, reason, step };
  const logIndex = draft.recordVerdict(verdict, place, request);
  if (UNCOUNTED.includes(reason)) draft.rehearse(evenOut(verdict, siblings, rules, ports));
  if (response !== '') draft.record({ kind: 'signed', atMs, subject, purpose, enrolmentId, step, response });
  for (const other of spent) draft.record({ kind: 'spent', atMs, subject, purpose, ...other });
  return { reason, logIndex, isRepeated: false };
}

/**
 * Returns the comparisons of a try. Tries are weighed together; one whose standing an earlier try
 * has changed since is weighed again.
 */
function comparedNow(tried: Try, keys: OpenKeys, nowMs: number): readonly Comparison[] {
  if (tried.weighed === undefined || tried.weighed.standing !== tried.place.standing) weighTries([tried], keys, nowMs);
  return tried.weighed?.compared ?? [];
}

/**
 * Refuses a channel that the purpose does not allow. This is not a try and is not counted (S-15).
 * @throws Fault after the refusal is recorded in the log
 */
function refuseChannel(
  { caller, channel, rpc }: Call,
  purpose: Purpose,
  allowed: readonly string[],
  draft: Draft,
  ports: Pick<VaultPorts, 'profile'>,
): void {
  if (allowed.includes(channel)) return;
  // A branch may resynchronise any token, even one whose codes it does not take.
  if (rpc === 'Resynchronise' && channel === 'branch') return;
  draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc, reason: `channel ${channel}, ${purpose}` });
  throw new Fault(
    'channel-not-allowed',
    `the profile ${ports.profile.name} takes no ${purpose} from the channel ${channel}`,
  );
}

/**
 * Returns the answers given under the same request ids before this call.
 * @throws Fault when an id already names another request, of the last 24 hours or of this call
 */
function formerAnswers({ tries, caller, rpc }: Call, draft: Draft): readonly (FormerAnswer | undefined)[] {
  const { names } = draft;
  return tries.map(({ request }) => {
    const former = draft.formerAnswer(request);
    const first = firstOfCall(request, tries, names);
    if (former?.isSameRequest ?? (first === request || names.isSameDigest(request, first))) return former;
    draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc, reason: 'request-id-reused' });
    throw new Fault('request-id-reused', 'a request id was used for another request in the last 24 hours');
  });
}

/**
 * Returns the first request of the call with the same key: nearly always the request itself, as the
 * first of the batch.
 */
function firstOfCall(request: number, tries: readonly Try[], names: RequestNames): number {
  const key = names.firstWithKey(request);
  if (key === request) return request;
  return tries.find((tried) => names.firstWithKey(tried.request) === key)?.request ?? request;
}

/** Returns the answer to a request that was decided before, possibly in this call. */
function repeated(former: FormerAnswer | undefined, { request }: Try, draft: Draft): AttemptResult | undefined {
  const given = former ?? draft.answerGiven(request);
  return given && { reason: given.reason, logIndex: given.logIndex, isRepeated: true };
}
