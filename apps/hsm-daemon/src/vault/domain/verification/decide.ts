import { latestMatchAbove } from '@ramz/otp-core';
import type { VerdictReason } from '../../../boundary/commands.ts';
import type { Enrolment } from '../enrolment/enrolment.ts';
import type { Standing } from '../enrolment/standing.ts';
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
  /**
   * The last step that the search could have been fed with, when they were found among those that are over: whoever noted two
   * codes may have noted more, so none up to this one is good afterwards. 0 when they were found among live ones.
   */
  readonly spends_to: number;
}

export type Evidence = CodeEvidence | ResyncEvidence;

/** What a try was compared with: one active token, and what came of it. */
export interface Compared {
  readonly enrolment: Pick<Enrolment, 'id' | 'floor'>;
  readonly evidence: Evidence;
}

/** What a bank's profile says of the purpose tried, and of its subject. */
export interface Rules {
  readonly purpose: PurposePolicy;
  readonly card: CardPolicy;
}

/** A step of one token. */
export interface TokenStep {
  readonly enrolment_id: string;
  readonly step: number;
}

export interface Decision {
  readonly reason: VerdictReason;
  /** The token decided on; empty when there was none, or several and none of them matched. */
  readonly enrolment_id: string;
  /** The accepted step; of a used code the step it matched; 0 when none did. */
  readonly step: number;
  /** Steps of other tokens that happen to have the accepted code: it is used up there too, or it would be good twice. */
  readonly spent: readonly TokenStep[];
}

const NOTHING_SPENT: readonly TokenStep[] = [];

/**
 * The verdict on one try. Everything that decides is an argument; whoever records the decision folds it
 * into the standing, so the next try on it sees this one.
 * @param siblings standings of the same subject for other purposes: asked for when a wrong try is counted
 * @param compared every active token that the try may be of
 */
export function decide(
  standing: Standing | undefined,
  siblings: Iterable<Standing>,
  rules: Rules,
  compared: readonly Compared[],
  now_ms: number,
): Decision {
  if (standing === undefined) return without('not-enrolled');
  if (standing.status === 'locked') return without('locked-before');
  const [first] = compared;
  if (first === undefined) return without('not-enrolled');
  const read = compared.map(readCompared);
  // The floor is asked once more: whoever gathered the evidence must not move it.
  const [hit, ...spent] = read.filter(({ step }, i) => step > (compared[i]?.enrolment.floor ?? 0));
  if (hit !== undefined) {
    const noted = hit.spends_to > hit.step ? [{ enrolment_id: hit.enrolment_id, step: hit.spends_to }] : [];
    return { ...stepOf(hit), reason: hit.reason, spent: [...spent.map(stepOf), ...noted] };
  }
  // D-12: a double click repeats a used code, and must not lock the customer out.
  const used = read.find(({ used_step }) => used_step !== undefined);
  if (used !== undefined) return { ...without('used-code', used.enrolment_id), step: used.used_step ?? 0 };
  const only = compared.length === 1 ? first.enrolment.id : '';
  return without(afterWrongCode(standing, siblings, rules, now_ms), only);
}

/** Whether so many wrong codes would lock now: what is asked before a code is looked at. */
export function couldLock(
  standing: Standing | undefined,
  siblings: Iterable<Standing>,
  rules: Rules,
  now_ms: number,
  tries: number,
): boolean {
  if (standing === undefined || standing.status === 'locked') return false;
  let tried = standing;
  for (let left = tries; left > 0; left--) {
    if (afterWrongCode(tried, siblings, rules, now_ms) !== 'wrong-code') return true;
    const { wrong_at_ms, wrong_since_accepted } = tried;
    tried = { ...tried, wrong_at_ms: [...wrong_at_ms, now_ms], wrong_since_accepted: wrong_since_accepted + 1 };
  }
  return false;
}

function without(reason: VerdictReason, enrolment_id = ''): Decision {
  return { reason, enrolment_id, step: 0, spent: NOTHING_SPENT };
}

function stepOf({ enrolment_id, step }: TokenStep): TokenStep {
  return { enrolment_id, step };
}

interface Read extends TokenStep {
  readonly reason: 'accepted' | 'resynchronised';
  /** Set when the codes are right but at or below the floor; 0 when which step it was is not told. */
  readonly used_step: number | undefined;
  readonly spends_to: number;
}

function readCompared({ enrolment: { id: enrolment_id, floor }, evidence }: Compared): Read {
  if ('found_step' in evidence) {
    const { found_step, is_used, spends_to } = evidence;
    const used_step = is_used ? 0 : undefined;
    return { enrolment_id, reason: 'resynchronised', step: found_step, used_step, spends_to };
  }
  const { matches, first_step, steps } = evidence;
  const step = latestMatchAbove(matches, first_step, steps, floor);
  const used_step = matches === 0 ? undefined : latestMatchAbove(matches, first_step, steps, -1);
  return { enrolment_id, reason: 'accepted', step, used_step, spends_to: 0 };
}

/** Which of the three counters this wrong try fills: the purpose's own, the slow one, the card's. */
function afterWrongCode(
  standing: Standing,
  siblings: Iterable<Standing>,
  { purpose, card }: Rules,
  now_ms: number,
): VerdictReason {
  const since_accepted = standing.wrong_at_ms.slice(standing.wrong_at_ms.length - standing.wrong_since_accepted);
  const on_card = [standing, ...siblings].map(({ wrong_at_ms }) =>
    wrongTriesSince(wrong_at_ms, now_ms - card.tries_interval_ms),
  );
  // Of several the widest counts: it tells the fraud desk most.
  if (on_card.reduce((sum, tries) => sum + tries, 1) >= card.tries_max) return 'card-locked-now';
  const slow = wrongTriesSince(standing.wrong_at_ms, now_ms - purpose.slow_tries_interval_ms);
  if (slow + 1 >= purpose.slow_tries_max) return 'slow-locked-now';
  const counted = wrongTriesSince(since_accepted, now_ms - purpose.tries_interval_ms);
  return counted + 1 >= purpose.tries_max ? 'locked-now' : 'wrong-code';
}
