// What a person reads off a glass. docs/explanation/physics.md, "A person's eye".
import { GUESSED_FROM, SEEN_FROM, type SegmentView } from './glass.ts';
import { readDigit, SEGMENTS, type Segment } from './segments.ts';

/**
 * Returns what a person most likely reads: '?' where it is not a digit, nothing on an all-black
 * glass.
 * @param ground the darkness of the glass behind the segments
 */
export function readAs(digits: readonly (readonly SegmentView[])[], ground: number): string {
  return digits.map((digit) => readDigit(lit(digit, ground + SEEN_FROM))).join('');
}

/**
 * Returns the probability that a person reads another digit than is shown. They take each faint
 * segment for lit half of the time. Only a digit is a misreading; anything else makes them look
 * again.
 */
export function misreadProbability(digit: readonly SegmentView[], shown: string, ground: number): number {
  const faint = digit.filter(({ darkness }) => darkness - ground >= GUESSED_FROM && darkness - ground < SEEN_FROM);
  const sure = lit(digit, ground + SEEN_FROM);
  let misread = 0;
  for (let choice = 0; choice < 2 ** faint.length; choice++) {
    const guessed = faint.filter((_, i) => (choice >> i) & 1).map(({ segment }) => segment);
    const read = readDigit(SEGMENTS.filter((one) => sure.includes(one) || guessed.includes(one)));
    if (read !== shown && read !== '?' && read !== ' ') misread += 1;
  }
  return misread / 2 ** faint.length;
}

function lit(digit: readonly SegmentView[], from: number): Segment[] {
  return digit.filter(({ darkness }) => darkness >= from).map(({ segment }) => segment);
}
