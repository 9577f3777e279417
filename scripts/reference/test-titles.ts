// The titles of the tests that name a rule: `M-35, D-11: ...`, `S-17 to S-20: ...`.
import { filesLike, readFile } from '../../test/architecture/source-files.ts';

export interface TestTitle {
  readonly file: string;
  readonly title: string;
  /** Ids such as M-35. */
  readonly rules: readonly string[];
}

const TITLE = /\b(?:it|describe)(?:\.[a-zA-Z]+)*(?:\((?:[^()]|\([^()]*\))*\))?\(\s*(['"`])((?:(?!\1).)*)\1/gs;

export function testTitles(): TestTitle[] {
  return filesLike('*.test.ts').flatMap((file) =>
    Array.from(readFile(file).matchAll(TITLE), ([, , title = '']) => ({ file, title, rules: rulesIn(title) })).filter(
      ({ rules }) => rules.length > 0,
    ),
  );
}

function rulesIn(title: string): string[] {
  const ranges = Array.from(title.matchAll(/\b([SMD])-(\d+) to \1-(\d+)\b/g), ([, letter = '', first, last]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${letter}-${Number(first) + i}`),
  );
  return [...new Set([...ranges.flat(), ...(title.match(/\b[SMD]-\d+\b/g) ?? [])])];
}
