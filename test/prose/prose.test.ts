// No text of the repository has a word or a line that the style sheet refuses.
import { describe, expect, it } from 'vitest';
import { proseFiles } from './prose-files.ts';
import { wrongWordsIn } from './wrong-words.ts';

describe('the texts of the repository', () => {
  it('have no word that is ruled out and no line that is too long', () => {
    expect(proseFiles().flatMap((file) => wrongWordsIn(file))).toEqual([]);
  });
});

describe('the check of texts', () => {
  it.each([
    ['a.ts', '// It can not.', 'cannot'],
    ['a.ts', '/** Whoever calls. */', 'the noun'],
    ['a.ts', "throw new Error('the vault tells nothing');", 'report'],
    ['a.ts', 'const text = `goes on with ${name} for ever`;', 'continue'],
    ['a.ts', `// ${'x '.repeat(50)}`, '103 columns'],
    ['a.md', 'A key that is none.', 'not a valid'],
    ['a.md', 'word '.repeat(21), '105 columns'],
    ['a.proto', '  // Of which one.', 'sentence'],
    ['a.yaml', 'a: 1 # nobody', 'no one'],
  ])('finds a fault in %s: %s', (file, text, what) => {
    expect(wrongWordsIn(file, text)).toEqual([expect.stringContaining(what)]);
  });

  it.each([
    ['a.ts', "const KIND = 'brings';\nconst bringsCodes = true;"],
    ['a.ts', '// Reads `whoever` from a file.'],
    ['a.md', '```sh\nwhoever\n```'],
    ['a.md', `| ${'cell '.repeat(30)}|`],
    ['a.md', 'Two that time tells apart.'],
  ])('leaves code, names and tables alone: %s: %s', (file, text) => {
    expect(wrongWordsIn(file, text)).toEqual([]);
  });
});
