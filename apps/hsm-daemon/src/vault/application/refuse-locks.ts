import { ALARM_MARK } from '../domain/audit/events.ts';
import { couldLock } from '../domain/verification/decide.ts';
import type { Tries, Try } from './decide-tries.ts';
import type { Draft } from './draft.ts';
import { Fault } from './fault.ts';
import type { LockBudget } from './lock-budget.ts';
import type { VaultPorts } from './ports.ts';
import { Siblings } from './siblings.ts';

/**
 * A caller that could lock more cards with this call than it may waits with all of it. Asked before a code is looked at: right
 * ones wait as well, and none is used up. @throws Fault
 */
export function refuseLocks(
  { caller, rpc, tries }: Tries,
  draft: Draft,
  locks: LockBudget,
  { profile, monotonic_ms }: Pick<VaultPorts, 'profile' | 'monotonic_ms'>,
): void {
  const now_ms = monotonic_ms();
  const left = locks.left(caller, draft.locksBy(caller), now_ms);
  // Each try locks one card at most.
  if (tries.length <= left || subjectsAtRisk(tries, draft, profile) <= left) return;
  const { per_caller_max, interval_s } = profile.locks;
  if (!locks.hasAlarmed(caller, now_ms) && !draft.alarmed.has(caller)) {
    draft.alarmed.add(caller);
    const reason = `${ALARM_MARK}${per_caller_max} locks in ${interval_s} s by ${caller}: its tries that could lock wait`;
    draft.record({ kind: 'refusal', at_ms: draft.now_ms, caller, rpc, reason });
  }
  throw new Fault(
    'locks-spent',
    `${caller} has locked too many cards: tries that could lock wait; send it again later`,
  );
}

/** Subjects that these tries could lock, if all of their codes are wrong. */
function subjectsAtRisk(tries: readonly Try[], draft: Draft, profile: VaultPorts['profile']): number {
  const of_place = new Map<string, { readonly tried: Try; count: number }>();
  for (const tried of tries) {
    const place = `${tried.subject} ${tried.purpose}`;
    const known = of_place.get(place);
    if (known === undefined) of_place.set(place, { tried, count: 1 });
    else known.count += 1;
  }
  let at_risk = 0;
  for (const { tried, count } of of_place.values()) {
    const { subject, purpose } = tried;
    const policy = profile.purposes[purpose];
    if (policy === undefined) continue;
    const rules = { purpose: policy, card: profile.card };
    const standing = draft.readableStanding(subject, purpose);
    at_risk += Number(couldLock(standing, new Siblings(subject, purpose, draft), rules, draft.now_ms, count));
  }
  return at_risk;
}
