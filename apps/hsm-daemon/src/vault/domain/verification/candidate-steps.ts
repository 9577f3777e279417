import type { PurposePolicy } from '@ramz/bank-profile';
import { stepAt } from '@ramz/otp-core';
import type { Enrolment } from '../enrolment/enrolment.ts';
import { driftSteps } from './drift.ts';

/** Consecutive steps from `firstStep` on. */
export interface StepRange {
  readonly firstStep: number;
  readonly steps: number;
}

/**
 * Returns the steps that are live at `nowMs` by a correct clock: the current one and the accepted
 * ones before it (M-10, M-12).
 */
export function liveSteps(policy: PurposePolicy, nowMs: number): StepRange {
  const current = stepAt(nowMs, policy);
  const firstStep = Math.max(0, current - policy.acceptedPastSteps);
  return { firstStep, steps: current - firstStep + 1 };
}

/**
 * Returns the live steps by the token's own clock. Its drift is known to one step at best, so a
 * resynchronised token gets one step more. Every other token gets exactly the live steps.
 */
export function candidateSteps(enrolment: Enrolment | undefined, policy: PurposePolicy, nowMs: number): StepRange {
  const live = liveSteps(policy, nowMs);
  if (enrolment?.resynchronised === undefined) return live;
  const firstStep = Math.max(0, live.firstStep + driftSteps(enrolment, policy));
  return { firstStep, steps: live.steps + 1 };
}

/** Returns the most candidate steps that a token can have. */
export function candidateStepsMax({ acceptedPastSteps }: PurposePolicy): number {
  return acceptedPastSteps + 2;
}

/**
 * Returns the steps to search for two codes: `eitherWay` steps around the current one. Ahead of it
 * the profile sets a limit; behind the live steps only callers with that right may search. Codes of
 * past steps may have been noted by anyone who saw the token: two noted codes must not make a third
 * one valid.
 */
export function stepsAround(policy: PurposePolicy, nowMs: number, eitherWay: number, goesBack: boolean): StepRange {
  const current = stepAt(nowMs, policy);
  const back = goesBack ? eitherWay : Math.min(eitherWay, policy.acceptedPastSteps);
  const firstStep = Math.max(0, current - back);
  return { firstStep, steps: current + Math.min(eitherWay, policy.resyncAheadSteps) - firstStep + 1 };
}

/**
 * Returns the most steps ahead of the daemon's clock that a code can be accepted: the first of two
 * codes is found up to `resyncAheadSteps` ahead, the second is one step later, drift may follow,
 * and a resynchronised token has one step more.
 */
export function leadSteps(policy: PurposePolicy): number {
  return policy.resyncAheadSteps + 1 + policy.driftMaxSteps + 1;
}
