import type { PurposePolicy } from '@ramz/bank-profile';
import { stepAt } from '@ramz/otp-core';
import type { Enrolment } from '../enrolment/enrolment.ts';
import { driftSteps } from './drift.ts';

/** Steps from the first on. */
export interface StepRange {
  readonly firstStep: number;
  readonly steps: number;
}

/** The steps that are live at `nowMs` by a right clock: the current one and those accepted before it (M-10, M-12). */
export function liveSteps(policy: PurposePolicy, nowMs: number): StepRange {
  const current = stepAt(nowMs, policy);
  const firstStep = Math.max(0, current - policy.acceptedPastSteps);
  return { firstStep, steps: current - firstStep + 1 };
}

/**
 * The live steps by the token's own clock. How far it is off is known to a step at best, so one step more is taken of
 * a token that was resynchronised; of every other, exactly the live ones.
 */
export function candidateSteps(enrolment: Enrolment | undefined, policy: PurposePolicy, nowMs: number): StepRange {
  const live = liveSteps(policy, nowMs);
  if (enrolment?.resynchronised === undefined) return live;
  const firstStep = Math.max(0, live.firstStep + driftSteps(enrolment, policy));
  return { firstStep, steps: live.steps + 1 };
}

/** Of any token at any time. */
export function candidateStepsMax({ acceptedPastSteps }: PurposePolicy): number {
  return acceptedPastSteps + 2;
}

/**
 * Where two codes are looked for: so many steps either way of the current one; ahead of it never more than the profile
 * allows, and back behind the live steps only for callers with the right. Codes of steps that are over may have been noted by anybody
 * who saw the token then: for such a one two of them must not make the third good.
 */
export function stepsAround(policy: PurposePolicy, nowMs: number, eitherWay: number, goesBack: boolean): StepRange {
  const current = stepAt(nowMs, policy);
  const back = goesBack ? eitherWay : Math.min(eitherWay, policy.acceptedPastSteps);
  const firstStep = Math.max(0, current - back);
  return { firstStep, steps: current + Math.min(eitherWay, policy.resyncAheadSteps) - firstStep + 1 };
}

/**
 * No code of a step further ahead of the daemon's clock is ever accepted: the first of two codes is found so far ahead,
 * the second comes a step later, drift may follow, and a token that was found has one step more.
 */
export function leadSteps(policy: PurposePolicy): number {
  return policy.resyncAheadSteps + 1 + policy.driftMaxSteps + 1;
}
