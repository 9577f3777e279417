import { ALARM_MARK } from '../../domain/events/events.ts';
import { couldLock } from '../../domain/verification/decide.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { LockBudget } from './lock-budget.ts';
import { Siblings } from './siblings.ts';
import type { Tries, Try } from './tries.ts';

/**
 * A caller that could lock more cards with this call than it may waits with all of it. Asked before a code is looked at: right
 * ones wait as well, and none is used up. @throws Fault
 */
export function refuseLocks(
  { caller, rpc, tries }: Tries,
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
  const ofPlace = new Map<string, { readonly tried: Try; count: number }>();
  for (const tried of tries) {
    const place = `${tried.subject} ${tried.purpose}`;
    const known = ofPlace.get(place);
    if (known === undefined) ofPlace.set(place, { tried, count: 1 });
    else known.count += 1;
  }
  let atRisk = 0;
  for (const { tried, count } of ofPlace.values()) {
    const { subject, purpose } = tried;
    const policy = profile.purposes[purpose];
    if (policy === undefined) continue;
    const rules = { purpose: policy, card: profile.card };
    const standing = draft.readableStanding(subject, purpose);
    atRisk += Number(couldLock(standing, new Siblings(subject, purpose, draft), rules, draft.nowMs, count));
  }
  return atRisk;
}
