import { stepAt } from '@ramz/otp-core';
import type { Enrolment } from '../enrolment/enrolment.ts';
import type { PurposePolicy } from '../policy/purpose-policy.ts';
import { driftSteps } from './drift.ts';

/** Steps from the first on. */
export interface StepRange {
  readonly first_step: number;
  readonly steps: number;
}

/** The steps that are live at `now_ms` by a right clock: the current one and those accepted before it (M-10, M-12). */
export function liveSteps(policy: PurposePolicy, now_ms: number): StepRange {
  const current = stepAt(now_ms, policy);
  const first_step = Math.max(0, current - policy.accepted_past_steps);
  return { first_step, steps: current - first_step + 1 };
}

/**
 * The live steps by the token's own clock. How far it is off is known to a step at best, so one step more is taken of
 * a token that was resynchronised; of every other, exactly the live ones.
 */
export function candidateSteps(enrolment: Enrolment | undefined, policy: PurposePolicy, now_ms: number): StepRange {
  const live = liveSteps(policy, now_ms);
  if (enrolment?.resynchronised === undefined) return live;
  const first_step = Math.max(0, live.first_step + driftSteps(enrolment, policy));
  return { first_step, steps: live.steps + 1 };
}

/** Of any token at any time. */
export function candidateStepsMax({ accepted_past_steps }: PurposePolicy): number {
  return accepted_past_steps + 2;
}

/**
 * Where two codes are looked for: so many steps either way of the current one; ahead of it never more than the profile
 * allows, and back behind the live steps only for callers with the right. Codes of steps that are over may have been noted by anybody
 * who saw the token then: for such a one two of them must not make the third good.
 */
export function stepsAround(policy: PurposePolicy, now_ms: number, either_way: number, goes_back: boolean): StepRange {
  const current = stepAt(now_ms, policy);
  const back = goes_back ? either_way : Math.min(either_way, policy.accepted_past_steps);
  const first_step = Math.max(0, current - back);
  return { first_step, steps: current + Math.min(either_way, policy.resync_ahead_steps) - first_step + 1 };
}

/**
 * No code of a step further ahead of the daemon's clock is ever accepted: the first of two codes is found so far ahead,
 * the second comes a step later, drift may follow, and a token that was found has one step more.
 */
export function leadSteps(policy: PurposePolicy): number {
  return policy.resync_ahead_steps + 1 + policy.drift_max_steps + 1;
}
