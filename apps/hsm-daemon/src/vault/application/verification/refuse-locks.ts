import type { Standing } from '../../domain/enrolment/standing.ts';
import { ALARM_MARK } from '../../domain/events/events.ts';
import { couldLock } from '../../domain/verification/decide.ts';
import type { StandingPlace } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { type Call, rulesOf, type Try } from './call.ts';
import type { LockBudget } from './lock-budget.ts';
import { Siblings } from './siblings.ts';

/**
 * Refuses a whole call that could lock more cards than its caller may. Runs before the result for
 * any of its codes is used: right codes are refused too, and none is used up.
 * @throws Fault `locks-spent`
 */
export function refuseLocks(
  { caller, rpc, tries }: Call,
  draft: Draft,
  locks: LockBudget,
  { profile, monotonicMs }: Pick<VaultPorts, 'profile' | 'monotonicMs'>,
): void {
  const nowMs = monotonicMs();
  const left = locks.left(caller, draft.locksBy(caller), nowMs);
  // Each try locks one card at most.
  if (tries.length <= left) return;
  const atRisk = standingsAtRisk(tries, draft, profile);
  // `left` is negative when two batches were decided at once: a call that cannot lock passes all
  // the same.
  if (atRisk === 0 || atRisk <= left) return;
  const { per_caller_max: perCallerMax, interval_s: intervalSeconds } = profile.locks;
  if (!locks.hasAlarmed(caller, nowMs) && !draft.alarmed.has(caller)) {
    draft.alarmed.add(caller);
    const reason = `${ALARM_MARK}${perCallerMax} locks in ${intervalSeconds} s by ${caller}: its tries that could lock wait`;
    draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc, reason });
  }
  throw new Fault(
    'locks-spent',
    `${caller} has locked too many cards: its tries that could lock more are refused for now; retry later`,
  );
}

/**
 * Counts the standings that these tries could lock if all their codes are wrong. Tries for other
 * purposes of a card count for it too.
 */
function standingsAtRisk(tries: readonly Try[], draft: Draft, profile: VaultPorts['profile']): number {
  const countAt = new Map<StandingPlace, number>();
  for (const { place } of tries) countAt.set(place, (countAt.get(place) ?? 0) + 1);
  let atRisk = 0;
  for (const [place, count] of countAt) {
    const rules = rulesOf(place.purpose, { profile });
    const siblings = new Siblings(place, draft, profile).places();
    const tried = siblings.map((other) => withWrong(other.standing as Standing, countAt.get(other) ?? 0, draft.nowMs));
    atRisk += Number(couldLock(place.standing, tried, rules, draft.nowMs, count));
  }
  return atRisk;
}

/**
 * Returns the standing with this many wrong tries added now. Its siblings read nothing else of it.
 */
function withWrong(standing: Standing, tries: number, nowMs: number): Standing {
  if (tries === 0) return standing;
  return { ...standing, wrongAtMs: [...standing.wrongAtMs, ...Array.from({ length: tries }, () => nowMs)] };
}
