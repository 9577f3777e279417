// The simulation of ceremonies finds each planted bug, and runs longer than in the quick tests.
import { expect, it } from 'vitest';
import { simulateCeremonies } from './simulate-ceremonies.ts';

const seed = Number(process.env['RAMZ_SEED'] ?? Math.floor(Math.random() * 1e6));

it(`keeps every invariant in 200 ceremonies with crashes and a hostile front (RAMZ_SEED=${seed})`, {
  timeout: 240_000,
}, async () => {
  const { broken, tally, ceremonies } = await simulateCeremonies(seed, 200);
  expect(broken).toBeUndefined();
  expect(ceremonies).toBe(200);
  expect(tally.finalised).toBeGreaterThan(20);
  expect(tally.powerCuts).toBeGreaterThan(5);
});

it.each([
  ['torn-commit', /the keys changed and the log does not say so|a key is lost|make another key/],
  ['nobody-compares', /a foreign key is in force|a key is lost|make another key/],
] as const)('finds the planted bug %s', { timeout: 240_000 }, async (plant, what) => {
  const { broken } = await simulateCeremonies(1, 600, plant);
  expect(broken?.what).toMatch(what);
});
