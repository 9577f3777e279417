// Seven-segment glyphs: a top, b and c right, d bottom, e and f left, g middle.
// docs/explanation/physics.md, "The glass".

export const SEGMENTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** The characters that a token's program can write. */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': 'abcdef',
  '1': 'bc',
  '2': 'abged',
  '3': 'abgcd',
  '4': 'fgbc',
  '5': 'afgcd',
  '6': 'afgedc',
  '7': 'abc',
  '8': 'abcdefg',
  '9': 'abcdfg',
  A: 'abcefg',
  b: 'cdefg',
  C: 'adef',
  d: 'bcdeg',
  E: 'adefg',
  F: 'aefg',
  I: 'ef',
  L: 'def',
  n: 'ceg',
  O: 'abcdef',
  P: 'abefg',
  t: 'defg',
  '-': 'g',
  ' ': '',
};

export function segmentsOf(character: string): readonly Segment[] {
  return SEGMENTS.filter((segment) => (GLYPHS[character] ?? '').includes(segment));
}

/** Returns the digit that these segments show; ' ' for no segments, '?' if it is not a digit. */
export function readDigit(lit: readonly Segment[]): string {
  const seen = SEGMENTS.filter((segment) => lit.includes(segment)).join('');
  for (const digit of '0123456789 ') {
    if (segmentsOf(digit).join('') === seen) return digit;
  }
  return '?';
}
