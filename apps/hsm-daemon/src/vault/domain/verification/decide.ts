import { latestMatchAbove } from '@ramz/otp-core';
import type { VerdictReason } from '../../../boundary/commands.ts';
import type { Enrolment } from '../enrolment/enrolment.ts';
import type { PurposePolicy } from '../policy/purpose-policy.ts';

/** The steps a code was compared with, and the bits of those it equalled. */
export interface Evidence {
  readonly first_step: number;
  readonly steps: number;
  readonly matches: number;
}

export interface Decision {
  readonly reason: VerdictReason;
  /** The accepted step; 0 when none was. */
  readonly step: number;
}

/**
 * The verdict on one try. Everything that decides is an argument; whoever records the decision folds it
 * into the enrolment, so the next try on it sees this one.
 */
export function decide(
  enrolment: Enrolment | undefined,
  policy: PurposePolicy,
  evidence: Evidence,
  now_ms: number,
): Decision {
  if (enrolment === undefined) return { reason: 'not-enrolled', step: 0 };
  if (enrolment.status === 'locked') return { reason: 'locked-before', step: 0 };
  const { matches, first_step, steps } = evidence;
  const step = latestMatchAbove(matches, first_step, steps, enrolment.floor);
  if (step >= 0) return { reason: 'accepted', step };
  // D-12: a double click repeats a used code, and must not lock the customer out.
  if (matches !== 0) return { reason: 'used-code', step: 0 };
  const counted = wrongTriesCounted(enrolment, policy, now_ms);
  return { reason: counted + 1 >= policy.tries_max ? 'locked-now' : 'wrong-code', step: 0 };
}

/** D-1: wrong tries since the last accepted code that are younger than the interval. */
export function wrongTriesCounted(enrolment: Enrolment, policy: PurposePolicy, now_ms: number): number {
  const since_ms = now_ms - policy.tries_interval_ms;
  return enrolment.wrong_at_ms.filter((at_ms) => at_ms > since_ms).length;
}
