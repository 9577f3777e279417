/** One small change to a source file. */
export interface Mutant {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** The line as it is with the change. */
  readonly text: string;
}

// What goes wrong in such code when fingers slip: an operator's neighbour, a bound that is off by one, a number
// that is off by one, a condition turned round.
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
  // Not also by xor: what is or-ed here has no bit in common, so that would change nothing.
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

/** Every mutant of a source text. Comments, imports and types are left alone. */
export function mutantsOf(source: string): Mutant[] {
  return source.split('\n').flatMap((text, i) => (SKIPPED.test(text) ? [] : mutantsOfLine(text, i + 1)));
}

function mutantsOfLine(text: string, line: number): Mutant[] {
  // What is said to people is not what is tested here: comments and sentences are blanked out.
  const code = text.replace(/\/\/.*$/, '').replace(/'[^']*'|`[^`]*`/g, (quoted) => ' '.repeat(quoted.length));
  const swapped = SWAPS.flatMap(([pattern, replacements]) =>
    [...code.matchAll(pattern)].flatMap((match) =>
      replacements.map((to) => replaced(text, line, match.index, match[0], to)),
    ),
  );
  // Whole numbers outside of names, hexadecimal ones as they are.
  const numbers = [...code.matchAll(/(?<![\w.$'])(0x[0-9a-f]+|[0-9][0-9_]*)(?![\w.'])/g)].map((match) =>
    replaced(text, line, match.index, match[0], String(Number(match[0].replaceAll('_', '')) + 1)),
  );
  return [...swapped, ...numbers];
}

function replaced(text: string, line: number, at: number, from: string, to: string): Mutant {
  return { line, from, to, text: text.slice(0, at) + to + text.slice(at + from.length) };
}
