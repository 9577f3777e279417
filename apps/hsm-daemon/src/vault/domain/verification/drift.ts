// RFC 6238, 6: a token's clock drifts from the daemon's, and the verifier may learn by how much.

import type { PurposePolicy } from '@ramz/bank-profile';
import { stepAt } from '@ramz/otp-core';
import { type Enrolment, OBSERVATIONS_KEPT, type Observation } from '../enrolment/enrolment.ts';

/**
 * Returns how many steps the token's clock is ahead of the daemon's; negative when behind. A token
 * that was never resynchronised is assumed to be right: its late codes may have been typed late
 * (M-12).
 *
 * After that, accepted codes update the drift. A code of a step that the daemon has not reached
 * means a clock that is ahead, because nothing else makes such a code. The latest three codes, when
 * all are older than expected, mean a clock that is behind. The drift stays within the profile's
 * bound of what the resynchronisation found.
 */
export function driftSteps({ resynchronised, observed }: Enrolment, policy: PurposePolicy): number {
  if (resynchronised === undefined) return 0;
  const base = offsetOf(resynchronised, policy);
  const latest = Math.max(...observed.map((one) => offsetOf(one, policy) - base));
  const isBehind = observed.length === OBSERVATIONS_KEPT && latest < 0;
  if (latest <= 0 && !isBehind) return base;
  const bound = policy.driftMaxSteps;
  return base + Math.max(-bound, Math.min(bound, latest));
}

function offsetOf({ step, atMs }: Observation, policy: PurposePolicy): number {
  return step - stepAt(atMs, policy);
}
