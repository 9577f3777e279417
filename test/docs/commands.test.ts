// The tutorials are followed to the letter, as a reader would.
import { describe, expect, it } from 'vitest';
import { blocksOf, readersPages } from './pages.ts';
import { runPage } from './run-page.ts';

const TUTORIALS = readersPages().filter((page) => page.startsWith('docs/tutorials/'));

describe('the commands of a tutorial', () => {
  it.each(TUTORIALS)('of %s do what the page says', { timeout: 180_000 }, async (page) => {
    await runPage(page);
  });

  it('in Persian are those of the English page', () => {
    const commands = (page: string) =>
      blocksOf(page).map(({ kind, exitCode, text }) => [kind, exitCode, text.replaceAll(' --lang fa', '')]);
    expect(commands('docs/fa/custodian.md')).toEqual(commands('docs/tutorials/custodian.md'));
  });
});
