// The pages that are made from the sources are as the sources are.
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../scripts/reference/reference-pages.ts';
import { readFile } from '../architecture/source-files.ts';

describe('the generated pages of the reference', async () => {
  it.each(await referencePages())('$file is what `npm run docs:reference` writes', ({ file, text }) => {
    expect(readFile(`docs/reference/${file}`)).toBe(text);
  });
});
