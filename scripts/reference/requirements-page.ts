import { code, makePage, type Page, table } from './page.ts';
import { REQUIREMENTS, type Requirement } from './requirements.ts';
import { type TestTitle, testTitles } from './test-titles.ts';

/** Returns the tests that are named for a rule. */
export function testsOf({ id }: Requirement, titles: readonly TestTitle[] = testTitles()): readonly TestTitle[] {
  return titles.filter(({ rules }) => rules.includes(id));
}

export function requirementsPage(): Page {
  const titles = testTitles();
  return makePage(
    '../requirements-map.md',
    'Requirements map',
    'For bank engineers and auditors: each rule of the two banks’ pages (S-, M-) and each of our decisions (D-), ' +
      'with the test that proves it, or what it waits for.',
    '`scripts/reference/requirements.ts` and the titles of the tests',
    [
      'Facts of the pages that state no rule for a program are left out.',
      table(
        ['rule', 'in short', 'test, or what it waits for'],
        REQUIREMENTS.map((one) => [one.id, one.rule, proofOf(one, titles)]),
      ),
    ],
  );
}

function proofOf(one: Requirement, titles: readonly TestTitle[]): string {
  const tests = testsOf(one, titles);
  if (tests.length === 0) return one.waitsFor === undefined ? 'nothing' : `waits for ${one.waitsFor}`;
  const named = tests.map(({ file, title }) => `${code(file)}: ${title}`);
  return one.waitsFor === undefined ? named.join('; ') : `${named.join('; ')}; the rest waits for ${one.waitsFor}`;
}
