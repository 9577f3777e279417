import type { VerdictReason } from '@ramz/audit-log';
import type { CardPolicy, PurposePolicy } from '@ramz/bank-profile';
import { latestMatchAbove } from '@ramz/otp-core';
import { type Enrolment, isFreshAtFloor } from '../enrolment/enrolment.ts';
import type { Standing } from '../enrolment/standing.ts';
import type { StepRange } from './candidate-steps.ts';

/** The steps that a code was compared with, and one bit for each step that matched. */
export interface CodeEvidence extends StepRange {
  readonly matches: number;
  /** MAC of the response, for a signature: empty, or left out, for codes that sign nothing. */
  readonly response?: string;
}

/** Where two consecutive codes were found: the step of the second, or -1. */
export interface ResyncEvidence {
  readonly foundStep: number;
  /** They were found when the floor is ignored: without a `foundStep` they are used codes. */
  readonly isUsed: boolean;
  /**
   * The last step that the search covers, when the codes were found among past steps: a person who
   * noted two codes may have noted more, so every step up to this one is used up. 0 when they were
   * found among live steps.
   */
  readonly spendsTo: number;
}

export type Evidence = CodeEvidence | ResyncEvidence;

/** One active token that a try was compared with, and the result. */
export interface Comparison {
  readonly enrolment: Pick<Enrolment, 'id' | 'floor' | 'usedResponses'>;
  readonly evidence: Evidence;
}

/** The bank profile's rules for the purpose of a try, and for its card. */
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
  /** The accepted step; for a used code the step it matched; 0 when none matched. */
  readonly step: number;
  /**
   * Further steps to use up: those of other tokens that share the accepted code by chance, which
   * would be accepted twice, and the whole search of a token that past codes resynchronised.
   */
  readonly spent: readonly TokenStep[];
  /** MAC of the accepted response, to be used up; empty for a code that signs nothing. */
  readonly response: string;
}

/** Why no code of a place counts. */
const REFUSED_IN = {
  locked: 'locked-before',
  deactivated: 'deactivated',
  blocked: 'blocked',
  void: 'voided',
} as const satisfies Readonly<Record<Exclude<Standing['status'], 'active'>, VerdictReason>>;

const NOTHING_SPENT: readonly TokenStep[] = [];

/**
 * Decides one try from its arguments alone. The caller records the decision and folds it into the
 * standing, so that the next try sees it.
 * @param siblings standings of the same subject for other purposes: read only when a wrong try is
 * counted
 * @param compared every active token that the try may belong to
 */
export function decide(
  standing: Standing | undefined,
  siblings: Iterable<Standing>,
  rules: Rules,
  compared: readonly Comparison[],
  nowMs: number,
): Decision {
  if (standing === undefined) return without('not-enrolled');
  if (standing.status !== 'active') return without(REFUSED_IN[standing.status]);
  const [first] = compared;
  if (first === undefined) return without('not-enrolled');
  const read = compared.map(resultOf);
  // Checks the floor once more: the code that gathered the evidence must not be able to move it.
  const [hit, ...spent] = read.filter((result, i) => mayAccept(result, compared[i]));
  if (hit !== undefined) {
    const noted = hit.spendsTo > hit.step ? [{ enrolmentId: hit.enrolmentId, step: hit.spendsTo }] : [];
    const { reason, response } = hit;
    return { ...stepOf(hit), reason, spent: [...spent.map(stepOf), ...noted], response };
  }
  // D-12: a double click repeats a used code, and must not lock the customer out.
  const used = read.find(({ usedStep }) => usedStep !== undefined);
  if (used !== undefined) return { ...without('used-code', used.enrolmentId), step: used.usedStep ?? 0 };
  const only = compared.length === 1 ? first.enrolment.id : '';
  return without(afterWrongCode(standing, siblings, rules, nowMs), only);
}

/** Returns whether this many wrong codes would lock now. Called before a result is used. */
export function couldLock(
  standing: Standing | undefined,
  siblings: Iterable<Standing>,
  rules: Rules,
  nowMs: number,
  tries: number,
): boolean {
  if (standing === undefined || standing.status !== 'active') return false;
  let tried = standing;
  for (let left = tries; left > 0; left--) {
    if (afterWrongCode(tried, siblings, rules, nowMs) !== 'wrong-code') return true;
    const { wrongAtMs, wrongSinceAccepted } = tried;
    tried = { ...tried, wrongAtMs: [...wrongAtMs, nowMs], wrongSinceAccepted: wrongSinceAccepted + 1 };
  }
  return false;
}

function without(reason: VerdictReason, enrolmentId = ''): Decision {
  return { reason, enrolmentId, step: 0, spent: NOTHING_SPENT, response: '' };
}

function stepOf({ enrolmentId, step }: TokenStep): TokenStep {
  return { enrolmentId, step };
}

interface ComparisonResult extends TokenStep {
  readonly reason: 'accepted' | 'resynchronised';
  /**
   * Set when the code matched any step: without one above the floor it is a used code. 0 when the
   * evidence does not say which step.
   */
  readonly usedStep: number | undefined;
  readonly spendsTo: number;
  readonly response: string;
}

function resultOf({ enrolment, evidence }: Comparison): ComparisonResult {
  const { id: enrolmentId, floor } = enrolment;
  if ('foundStep' in evidence) {
    const { foundStep, isUsed, spendsTo } = evidence;
    const usedStep = isUsed ? 0 : undefined;
    return { enrolmentId, reason: 'resynchronised', step: foundStep, usedStep, spendsTo, response: '' };
  }
  const { matches, firstStep, steps, response = '' } = evidence;
  const lowest = isOpenAtFloor(enrolment, response) ? floor - 1 : floor;
  // By chance a used response may also be the one of a later step.
  const isUsed = enrolment.usedResponses?.includes(response) === true;
  const step = isUsed ? -1 : latestMatchAbove(matches, firstStep, steps, lowest);
  const usedStep = matches === 0 ? undefined : latestMatchAbove(matches, firstStep, steps, -1);
  return { enrolmentId, reason: 'accepted', step, usedStep, spendsTo: 0, response };
}

/** Returns whether a step above the floor was found, or a fresh signature of the floor itself. */
function mayAccept({ step, response }: ComparisonResult, compared: Comparison | undefined): boolean {
  const { id = '', floor = 0, usedResponses } = compared?.enrolment ?? {};
  return step > floor || (step === floor && isOpenAtFloor({ id, floor, usedResponses }, response));
}

function isOpenAtFloor(enrolment: Comparison['enrolment'], response: string): boolean {
  return response !== '' && isFreshAtFloor(enrolment, response);
}

/**
 * Returns which of the three counters this wrong try fills: the purpose's own, the slow one, or the
 * card's.
 */
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
  // When several are full, reports the widest: it is the most useful to the fraud desk.
  if (onCard.reduce((sum, tries) => sum + tries, 1) >= card.triesMax) return 'card-locked-now';
  const slow = wrongTriesSince(standing.wrongAtMs, nowMs - purpose.slowTriesIntervalMs);
  if (slow + 1 >= purpose.slowTriesMax) return 'slow-locked-now';
  const counted = wrongTriesSince(sinceAccepted, nowMs - purpose.triesIntervalMs);
  return counted + 1 >= purpose.triesMax ? 'locked-now' : 'wrong-code';
}
/** Counts the tries after `sinceMs`. A try exactly at `sinceMs` no longer counts. */
function wrongTriesSince(triesAtMs: readonly number[], sinceMs: number): number {
  return triesAtMs.filter((atMs) => atMs > sinceMs).length;
}
