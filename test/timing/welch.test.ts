// Tests the statistics, and that the harness catches the planted leaks. The long run over the
// library is `npm run test:timing`.
import { describe, expect, it } from 'vitest';
import { measure, seededRandom } from './measure.ts';
import { comparisons, stopsAtDigit, stopsAtMatch } from './subjects.ts';
import { T_MAX, welchT, worstT } from './welch.ts';

const normal = (random: () => number, mean: number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) + mean;

describe("Welch's t", () => {
  it('matches a worked example', () => {
    // Means 2 and 4, variances 1 and 4, three of each: (2 - 4) / sqrt(1/3 + 4/3).
    expect(welchT(Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 6))).toBeCloseTo(-2 / Math.sqrt(5 / 3), 12);
  });

  it('stays small for two samples of one distribution, and grows for two distributions', () => {
    const random = seededRandom(7);
    const sample = (mean: number) => Float64Array.from({ length: 20_000 }, () => normal(random, mean));
    expect(Math.abs(worstT(sample(0), sample(0)))).toBeLessThan(T_MAX);
    expect(Math.abs(worstT(sample(0), sample(0.1)))).toBeGreaterThan(T_MAX);
  });
});

describe('the harness', () => {
  const random = seededRandom(11);
  const all = comparisons(random);
  const [atFirst] = all;
  const lastDigit = all.at(-1);

  it.each([
    ['a check that stops at the first match', stopsAtMatch, atFirst],
    ['a check that stops at the first wrong digit', stopsAtDigit, lastDigit],
  ])('catches %s', (_, leaky, comparison) => {
    if (comparison === undefined) throw new Error('the comparison is missing');
    expect(Math.abs(measure(leaky, comparison, 20_000, random))).toBeGreaterThan(T_MAX);
  });
});
