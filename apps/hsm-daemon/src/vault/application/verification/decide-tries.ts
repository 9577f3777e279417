import type { Purpose, VerdictEntry, VerdictReason } from '@ramz/audit-log';
import type { AttemptResult } from '../../../boundary/commands.ts';
import type { FormerVerdict } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { tokensTried } from './candidate-tokens.ts';
import { evenOut } from './even-out.ts';
import type { LockBudget } from './lock-budget.ts';
import { refuseLocks } from './refuse-locks.ts';
import { Siblings } from './siblings.ts';
import { policyOf, type Tries, type Try } from './tries.ts';

/**
 * Every verdict on a code comes from here, in the order of the tries; each sees what those before it did. A channel
 * that may not ask, a request id that names another request, or a caller that locks too many cards, refuses all before any is
 * decided: a code of a call that is refused is not used up. @throws Fault
 */
export function decideTries(
  all: Tries,
  draft: Draft,
  keys: OpenKeys,
  locks: LockBudget,
  ports: Pick<VaultPorts, 'profile' | 'monotonicMs' | 'decide'>,
): AttemptResult[] {
  const { tries } = all;
  for (const { purpose } of tries) refuseChannel(all, purpose, draft, ports);
  if (!draft.hasRoomForRequests(tries.length)) {
    throw new Fault('request-memory-full', 'too many requests in 24 hours to remember them all');
  }
  const former = formerVerdicts(all, draft);
  const fresh = tries.filter((_, i) => former[i] === undefined);
  refuseLocks({ ...all, tries: fresh }, draft, locks, ports);
  return tries.map((tried, i) => repeated(former[i], tried, draft) ?? decideOne(all, tried, draft, keys, ports));
}

/** Verdicts that were reached by counting the wrong tries of all purposes (D-2). */
const COUNTED: readonly VerdictReason[] = ['wrong-code', 'locked-now', 'slow-locked-now', 'card-locked-now'];

/** The other refusals: nothing is counted, and their time must not tell. */
const UNCOUNTED: readonly VerdictReason[] = ['used-code', 'locked-before', 'not-enrolled'];

function decideOne(
  { caller, channel, gather }: Tries,
  tried: Try,
  draft: Draft,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'profile' | 'decide'>,
): AttemptResult {
  const { subject, purpose, requestKey, requestDigest } = tried;
  const atMs = draft.nowMs;
  const rules = { purpose: policyOf(purpose, ports), card: ports.profile.card };
  const standing = draft.standing(subject, purpose);
  const tokens = tokensTried(standing, tried, rules.purpose, keys);
  const evidence = gather(tokens, tried, rules.purpose, atMs);
  const compared = evidence.filter((_, i) => tokens[i]?.isDecoy === false);
  const siblings = new Siblings(subject, purpose, draft);
  const decision = ports.decide(standing, siblings, rules, compared, atMs);
  const { reason, step, enrolmentId, spent } = decision;
  // Two wrong codes of one card, for two purposes and at two daemons, must not both be its ninth. The others take as long.
  if (COUNTED.includes(reason) || UNCOUNTED.includes(reason)) draft.relyOn(siblings);
  const entry: VerdictEntry = {
    kind: 'verdict',
    atMs,
    caller,
    channel,
    subject,
    purpose,
    enrolmentId,
    reason,
    step,
    requestKey,
    requestDigest,
  };
  const logIndex = draft.record(entry);
  if (UNCOUNTED.includes(reason)) draft.rehearse(evenOut(entry, siblings, rules, ports));
  for (const other of spent) draft.record({ kind: 'spent', atMs, subject, purpose, ...other });
  return { reason, logIndex, isRepeated: false };
}

/** S-15: not a try, and not counted. @throws Fault, after the refusal is in the log */
function refuseChannel(
  { caller, channel, rpc }: Tries,
  purpose: Purpose,
  draft: Draft,
  ports: Pick<VaultPorts, 'profile'>,
): void {
  if (policyOf(purpose, ports).channels.includes(channel)) return;
  // A token is put right at a branch, wherever its codes are taken.
  if (rpc === 'Resynchronise' && channel === 'branch') return;
  draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc, reason: `channel ${channel}, ${purpose}` });
  throw new Fault(
    'channel-not-allowed',
    `the profile ${ports.profile.name} takes no ${purpose} from the channel ${channel}`,
  );
}

/**
 * The verdicts that were given under the same ids before this call.
 * @throws Fault when an id already names another request, of the last day or of this call
 */
function formerVerdicts({ tries, caller, rpc }: Tries, draft: Draft): readonly (FormerVerdict | undefined)[] {
  const named = new Map<string, string>();
  return tries.map(({ requestKey, requestDigest }) => {
    const former = draft.formerVerdict(requestKey);
    const digest = former?.requestDigest ?? named.get(requestKey) ?? requestDigest;
    if (digest !== requestDigest) {
      draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc, reason: 'request-id-reused' });
      throw new Fault('request-id-reused', 'a request id was used for another request in the last 24 hours');
    }
    named.set(requestKey, requestDigest);
    return former;
  });
}

/** The answer to a request that was decided before, in this call too. */
function repeated(former: FormerVerdict | undefined, { requestKey }: Try, draft: Draft): AttemptResult | undefined {
  const given = former ?? draft.verdictGiven(requestKey);
  return given && { reason: given.reason, logIndex: given.logIndex, isRepeated: true };
}
