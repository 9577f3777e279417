import { stepAt } from '@ramz/otp-core';
import type { PurposePolicy } from '../policy/purpose-policy.ts';

/** The steps that are live at `now_ms`: the current one and the accepted ones before it (M-10, M-12). */
export function candidateSteps(policy: PurposePolicy, now_ms: number): { first_step: number; steps: number } {
  const current = stepAt(now_ms, policy);
  const first_step = Math.max(0, current - policy.accepted_past_steps);
  return { first_step, steps: current - first_step + 1 };
}
