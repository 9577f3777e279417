import type { VerdictReason } from '@ramz/audit-log';
import type { CardPolicy, PurposePolicy } from '@ramz/bank-profile';
import { latestMatchAbove } from '@ramz/otp-core';
import type { Enrolment } from '../enrolment/enrolment.ts';
import type { Standing } from '../enrolment/standing.ts';
import type { StepRange } from './candidate-steps.ts';

/** The steps a code was compared with, and the bits of those it equalled. */
export interface CodeEvidence extends StepRange {
  readonly matches: number;
}

/** Where two consecutive codes were found: the step of the second; -1 for nowhere. */
export interface ResyncEvidence {
  readonly foundStep: number;
  /** They were found at or below the floor. */
  readonly isUsed: boolean;
  /**
   * The last step that the search could have been fed with, when they were found among those that are over: whoever noted two
   * codes may have noted more, so none up to this one is good afterwards. 0 when they were found among live ones.
   */
  readonly spendsTo: number;
}

export type Evidence = CodeEvidence | ResyncEvidence;

/** What a try was compared with: one active token, and what came of it. */
export interface Comparison {
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
  readonly enrolmentId: string;
  readonly step: number;
}

export interface Decision {
  readonly reason: VerdictReason;
  /** The token decided on; empty when there was none, or several and none of them matched. */
  readonly enrolmentId: string;
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
  compared: readonly Comparison[],
  nowMs: number,
): Decision {
  if (standing === undefined) return without('not-enrolled');
  if (standing.status === 'locked') return without('locked-before');
  const [first] = compared;
  if (first === undefined) return without('not-enrolled');
  const read = compared.map(resultOf);
  // The floor is asked once more: whoever gathered the evidence must not move it.
  const [hit, ...spent] = read.filter(({ step }, i) => step > (compared[i]?.enrolment.floor ?? 0));
  if (hit !== undefined) {
    const noted = hit.spendsTo > hit.step ? [{ enrolmentId: hit.enrolmentId, step: hit.spendsTo }] : [];
    return { ...stepOf(hit), reason: hit.reason, spent: [...spent.map(stepOf), ...noted] };
  }
  // D-12: a double click repeats a used code, and must not lock the customer out.
  const used = read.find(({ usedStep }) => usedStep !== undefined);
  if (used !== undefined) return { ...without('used-code', used.enrolmentId), step: used.usedStep ?? 0 };
  const only = compared.length === 1 ? first.enrolment.id : '';
  return without(afterWrongCode(standing, siblings, rules, nowMs), only);
}

/** Whether so many wrong codes would lock now: what is asked before a result is used. */
export function couldLock(
  standing: Standing | undefined,
  siblings: Iterable<Standing>,
  rules: Rules,
  nowMs: number,
  tries: number,
): boolean {
  if (standing === undefined || standing.status === 'locked') return false;
  let tried = standing;
  for (let left = tries; left > 0; left--) {
    if (afterWrongCode(tried, siblings, rules, nowMs) !== 'wrong-code') return true;
    const { wrongAtMs, wrongSinceAccepted } = tried;
    tried = { ...tried, wrongAtMs: [...wrongAtMs, nowMs], wrongSinceAccepted: wrongSinceAccepted + 1 };
  }
  return false;
}

function without(reason: VerdictReason, enrolmentId = ''): Decision {
  return { reason, enrolmentId, step: 0, spent: NOTHING_SPENT };
}

function stepOf({ enrolmentId, step }: TokenStep): TokenStep {
  return { enrolmentId, step };
}

interface ComparisonResult extends TokenStep {
  readonly reason: 'accepted' | 'resynchronised';
  /** Set when the codes are right but at or below the floor; 0 when which step it was is not told. */
  readonly usedStep: number | undefined;
  readonly spendsTo: number;
}

function resultOf({ enrolment: { id: enrolmentId, floor }, evidence }: Comparison): ComparisonResult {
  if ('foundStep' in evidence) {
    const { foundStep, isUsed, spendsTo } = evidence;
    const usedStep = isUsed ? 0 : undefined;
    return { enrolmentId, reason: 'resynchronised', step: foundStep, usedStep, spendsTo };
  }
  const { matches, firstStep, steps } = evidence;
  const step = latestMatchAbove(matches, firstStep, steps, floor);
  const usedStep = matches === 0 ? undefined : latestMatchAbove(matches, firstStep, steps, -1);
  return { enrolmentId, reason: 'accepted', step, usedStep, spendsTo: 0 };
}

/** Which of the three counters this wrong try fills: the purpose's own, the slow one, the card's. */
function afterWrongCode(
  standing: Standing,
  siblings: Iterable<Standing>,
  { purpose, card }: Rules,
  nowMs: number,
): VerdictReason {
  const sinceAccepted = standing.wrongAtMs.slice(standing.wrongAtMs.length - standing.wrongSinceAccepted);
  const onCard = [standing, ...siblings].map(({ wrongAtMs }) =>
    wrongTriesSince(wrongAtMs, nowMs - card.triesIntervalMs),
  );
  // Of several the widest counts: it tells the fraud desk most.
  if (onCard.reduce((sum, tries) => sum + tries, 1) >= card.triesMax) return 'card-locked-now';
  const slow = wrongTriesSince(standing.wrongAtMs, nowMs - purpose.slowTriesIntervalMs);
  if (slow + 1 >= purpose.slowTriesMax) return 'slow-locked-now';
  const counted = wrongTriesSince(sinceAccepted, nowMs - purpose.triesIntervalMs);
  return counted + 1 >= purpose.triesMax ? 'locked-now' : 'wrong-code';
}
/** How many of these tries are younger than `sinceMs`. One exactly that old no longer counts. */
function wrongTriesSince(triesAtMs: readonly number[], sinceMs: number): number {
  return triesAtMs.filter((atMs) => atMs > sinceMs).length;
}
