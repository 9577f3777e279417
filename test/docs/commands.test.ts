// The tutorials are followed to the letter, as a reader would.
import { describe, it } from 'vitest';
import { readersPages } from './pages.ts';
import { runPage } from './run-page.ts';

const TUTORIALS = readersPages().filter((page) => /^docs\/(tutorials\/|fa\/custodian)/.test(page));

describe('the commands of a tutorial', () => {
  it.each(TUTORIALS)('of %s do what the page says', { timeout: 180_000 }, async (page) => {
    await runPage(page);
  });
});
