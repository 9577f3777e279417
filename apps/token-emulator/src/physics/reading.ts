// What a person reads off a glass. docs/physics.md, "A person's eye".
import { background, GUESSED_FROM, SEEN_FROM, type SegmentView } from './glass.ts';
import { readDigit, SEGMENTS, type Segment } from './segments.ts';

/** What they most likely read: '?' where it is no digit. On a glass that is black all over, nothing. */
export function readAs(digits: readonly (readonly SegmentView[])[], tempCelsius: number): string {
  const ground = background(tempCelsius);
  return digits.map((digit) => readDigit(lit(digit, ground + SEEN_FROM))).join('');
}

/**
 * Chance that somebody reads another digit than is shown: each faint segment is taken for lit or not as often, and only
 * what comes out as a digit is a misreading; the rest makes them look again.
 */
export function misreadProbability(digit: readonly SegmentView[], shown: string, tempCelsius: number): number {
  const ground = background(tempCelsius);
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
