// Each rule of the banks' pages has a test of its name, or says what it waits for.
import { expect, it } from 'vitest';
import { REQUIREMENTS } from '../../scripts/reference/requirements.ts';
import { testsOf } from '../../scripts/reference/requirements-page.ts';
import { testTitles } from '../../scripts/reference/test-titles.ts';

it('every rule is proved by a test that is named for it, or waits for a later version', () => {
  const titles = testTitles();
  expect(titles.length).toBeGreaterThan(20);
  const unproved = REQUIREMENTS.filter((one) => one.waitsFor === undefined && testsOf(one, titles).length === 0);
  expect(unproved.map(({ id }) => id)).toEqual([]);
});

it('every rule that a test names is in the map', () => {
  const known = new Set(REQUIREMENTS.map(({ id }) => id));
  const named = new Set(testTitles().flatMap(({ rules }) => rules));
  expect([...named].filter((id) => !known.has(id))).toEqual([]);
});
