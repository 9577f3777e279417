/** One small change to a source file. */
export interface Mutant {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** The changed line. */
  readonly text: string;
}

// Typical slips in such code: a neighboring operator, a bound or a number that is off by one, an
// inverted condition.
const SWAPS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ \+ /g, [' - ']],
  [/ - /g, [' + ']],
  [/ \* /g, [' + ']],
  [/ % /g, [' * ']],
  [/ < /g, [' <= ', ' > ']],
  [/ <= /g, [' < ']],
  [/ > /g, [' >= ', ' < ']],
  [/ >= /g, [' > ']],
  [/ === /g, [' !== ']],
  [/ !== /g, [' === ']],
  [/ && /g, [' || ']],
  [/ \|\| /g, [' && ']],
  // Not replaced by xor: the operands here have no bit in common, so that would change nothing.
  [/ \| /g, [' & ']],
  [/ & /g, [' | ']],
  [/ \^ /g, [' | ', ' & ']],
  [/ << /g, [' >> ']],
  [/ >>> /g, [' >> ', ' << ']],
  [/ >> /g, [' >>> ']],
  [/\|= /g, ['&= ']],
  [/&= /g, ['|= ']],
  [/\+= /g, ['-= ']],
  [/-= /g, ['+= ']],
  [/~(?=[(])/g, ['']],
  [/\bMath\.floor\b/g, ['Math.ceil']],
  [/\bMath\.min\b/g, ['Math.max']],
];

const SKIPPED =
  /^\s*(\/\/|\*|\/\*|import |export \{|export type |export interface |readonly |type |interface |throw |if \(.*throw new OtpError)/;

/** Returns every mutant of a source text. Skips comments, imports and types. */
export function mutantsOf(source: string): Mutant[] {
  return source.split('\n').flatMap((text, i) => (SKIPPED.test(text) ? [] : mutantsOfLine(text, i + 1)));
}

function mutantsOfLine(text: string, line: number): Mutant[] {
  // Blanks out comments and strings: texts for people are not tested here.
  const code = text.replace(/\/\/.*$/, '').replace(/'[^']*'|`[^`]*`/g, (quoted) => ' '.repeat(quoted.length));
  const swapped = SWAPS.flatMap(([pattern, replacements]) =>
    [...code.matchAll(pattern)].flatMap((match) =>
      replacements.map((to) => replaced(text, line, match.index, match[0], to)),
    ),
  );
  // Whole numbers outside of names, decimal and hexadecimal.
  const numbers = [...code.matchAll(/(?<![\w.$'])(0x[0-9a-f]+|[0-9][0-9_]*)(?![\w.'])/g)].map((match) =>
    replaced(text, line, match.index, match[0], String(Number(match[0].replaceAll('_', '')) + 1)),
  );
  return [...swapped, ...numbers];
}

function replaced(text: string, line: number, at: number, from: string, to: string): Mutant {
  return { line, from, to, text: text.slice(0, at) + to + text.slice(at + from.length) };
}
