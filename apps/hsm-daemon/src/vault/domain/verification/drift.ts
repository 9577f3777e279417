// RFC 6238, 6: a token's clock runs away from the daemon's, and the verifier may learn by how much.

import type { PurposePolicy } from '@ramz/bank-profile';
import { stepAt } from '@ramz/otp-core';
import { type Enrolment, OBSERVATIONS_KEPT, type Observation } from '../enrolment/enrolment.ts';

/**
 * By how many steps the token's clock is ahead of the daemon's; negative when behind. A token that was never
 * resynchronised is believed to be right: codes that come late may as well have been typed late (M-12).
 *
 * Afterwards accepted codes teach: one of a step that the daemon has not reached means a clock that is ahead, for
 * nothing else makes such a code. Codes that are all older than expected mean one that is behind, when the latest
 * three of them say so. Never further than the profile's bound from what the resynchronisation found.
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
