// A short run of `npm run test:sim -- ceremony`. `planted-ceremony-bugs.long.test.ts` shows that it
// finds planted bugs.
import { expect, it } from 'vitest';
import { simulateCeremonies } from './simulate-ceremonies.ts';

const seed = Number(process.env['RAMZ_SEED'] ?? Math.floor(Math.random() * 1e6));

it(`keeps every invariant in 60 ceremonies with crashes and a hostile front (RAMZ_SEED=${seed})`, {
  timeout: 240_000,
}, async () => {
  const { broken, tally, ceremonies } = await simulateCeremonies(seed, 60);
  expect(broken).toBeUndefined();
  expect(ceremonies).toBe(60);
  expect(tally.finalised).toBeGreaterThan(5);
  expect(tally.powerCuts).toBeGreaterThan(0);
});
