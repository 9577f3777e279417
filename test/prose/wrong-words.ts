// Which lines of a file the style sheet refuses, and why.
import { readFile } from '../architecture/source-files.ts';
import { readProse } from './read-prose.ts';
import { COLUMNS_MAX, WORD_RULES } from './rules.ts';

/** Each as `file:line: what is wrong`. */
export function wrongWordsIn(file: string, text: string = readFile(file)): string[] {
  return readProse(file, text).flatMap(({ line, text: said, columns }) => {
    const words = WORD_RULES.filter(({ pattern }) => pattern.test(said)).map(
      ({ pattern, instead }) => `${file}:${line}: "${pattern.exec(said)?.[0] ?? ''}": ${instead}`,
    );
    const length = columns > COLUMNS_MAX ? [`${file}:${line}: ${columns} columns, ${COLUMNS_MAX} at most`] : [];
    return [...words, ...length];
  });
}
