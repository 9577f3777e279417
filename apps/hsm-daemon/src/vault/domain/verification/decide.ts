import { latestMatchAbove } from '@ramz/otp-core';
import type { VerdictReason } from '../../../boundary/commands.ts';
import type { Enrolment } from '../enrolment/enrolment.ts';
import type { CardPolicy, PurposePolicy } from '../policy/purpose-policy.ts';
import type { StepRange } from './candidate-steps.ts';
import { wrongTriesSince } from './wrong-tries.ts';

/** The steps a code was compared with, and the bits of those it equalled. */
export interface CodeEvidence extends StepRange {
  readonly matches: number;
}

/** Where two consecutive codes were found: the step of the second; -1 for nowhere. */
export interface ResyncEvidence {
  readonly found_step: number;
  /** They were found at or below the floor. */
  readonly is_used: boolean;
}

export type Evidence = CodeEvidence | ResyncEvidence;

/** What a bank's profile says of the purpose tried, and of its card. */
export interface Rules {
  readonly purpose: PurposePolicy;
  readonly card: CardPolicy;
}

export interface Decision {
  readonly reason: VerdictReason;
  /** The accepted step; of a used code the step it matched; 0 when none did. */
  readonly step: number;
}

/**
 * The verdict on one try. Everything that decides is an argument; whoever records the decision folds it
 * into the enrolment, so the next try on it sees this one.
 * @param siblings enrolments of the same card for other purposes
 */
export function decide(
  enrolment: Enrolment | undefined,
  siblings: readonly Enrolment[],
  rules: Rules,
  evidence: Evidence,
  now_ms: number,
): Decision {
  if (enrolment === undefined) return { reason: 'not-enrolled', step: 0 };
  if (enrolment.status === 'locked') return { reason: 'locked-before', step: 0 };
  const { reason, step, used_step } = readEvidence(evidence, enrolment.floor);
  // The floor is asked once more: whoever gathered the evidence must not move it.
  if (step > enrolment.floor) return { reason, step };
  // D-12: a double click repeats a used code, and must not lock the customer out.
  if (used_step !== undefined) return { reason: 'used-code', step: used_step };
  return { reason: afterWrongCode(enrolment, siblings, rules, now_ms), step: 0 };
}

/** `used_step` when the codes are right but at or below the floor; 0 when which step it was is not told. */
function readEvidence(evidence: Evidence, floor: number): Decision & { readonly used_step: number | undefined } {
  if ('found_step' in evidence) {
    const { found_step, is_used } = evidence;
    return { reason: 'resynchronised', step: found_step, used_step: is_used ? 0 : undefined };
  }
  const { matches, first_step, steps } = evidence;
  const step = latestMatchAbove(matches, first_step, steps, floor);
  const used_step = matches === 0 ? undefined : latestMatchAbove(matches, first_step, steps, -1);
  return { reason: 'accepted', step, used_step };
}

/** Which of the three counters this wrong try fills: the purpose's own, the slow one, the card's. */
function afterWrongCode(
  enrolment: Enrolment,
  siblings: readonly Enrolment[],
  { purpose, card }: Rules,
  now_ms: number,
): VerdictReason {
  const since_accepted = enrolment.wrong_at_ms.slice(enrolment.wrong_at_ms.length - enrolment.wrong_since_accepted);
  const on_card = [enrolment, ...siblings].map(({ wrong_at_ms }) =>
    wrongTriesSince(wrong_at_ms, now_ms - card.tries_interval_ms),
  );
  // Of several the widest counts: it tells the fraud desk most.
  if (on_card.reduce((sum, tries) => sum + tries, 1) >= card.tries_max) return 'card-locked-now';
  const slow = wrongTriesSince(enrolment.wrong_at_ms, now_ms - purpose.slow_tries_interval_ms);
  if (slow + 1 >= purpose.slow_tries_max) return 'slow-locked-now';
  const counted = wrongTriesSince(since_accepted, now_ms - purpose.tries_interval_ms);
  return counted + 1 >= purpose.tries_max ? 'locked-now' : 'wrong-code';
}
