// docs/explanation/policy-study.md is what the shipped fleets give.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { policyStudyPage } from '../../scripts/reference/policy-study-page.ts';

it('is what the fleets give that it names', { timeout: 120_000 }, async () => {
  const { file, text } = await policyStudyPage();
  expect(readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')).toBe(text);
});
