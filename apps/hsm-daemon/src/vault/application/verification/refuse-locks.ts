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
 * A caller that could lock more cards with this call than it may waits with all of it. Asked before the result for any of its
 * codes is used: right ones wait as well, and none is used up. @throws Fault
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
  if (tries.length <= left || subjectsAtRisk(tries, draft, profile) <= left) return;
  const { per_caller_max: perCallerMax, interval_s: intervalSeconds } = profile.locks;
  if (!locks.hasAlarmed(caller, nowMs) && !draft.alarmed.has(caller)) {
    draft.alarmed.add(caller);
    const reason = `${ALARM_MARK}${perCallerMax} locks in ${intervalSeconds} s by ${caller}: its tries that could lock wait`;
    draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc, reason });
  }
  throw new Fault(
    'locks-spent',
    `${caller} has locked too many cards: tries that could lock wait; send it again later`,
  );
}

/** Subjects that these tries could lock, if all of their codes are wrong. */
function subjectsAtRisk(tries: readonly Try[], draft: Draft, profile: VaultPorts['profile']): number {
  const countAt = new Map<StandingPlace, number>();
  for (const { place } of tries) countAt.set(place, (countAt.get(place) ?? 0) + 1);
  let atRisk = 0;
  for (const [place, count] of countAt) {
    const rules = rulesOf(place.purpose, { profile });
    atRisk += Number(couldLock(place.standing, new Siblings(place, draft, profile), rules, draft.nowMs, count));
  }
  return atRisk;
}
