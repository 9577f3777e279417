import { hotpDigits } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, POLICY } from '../../../test/harness/world-of-steps.ts';
import { guessProbability } from './guess-probability.ts';
import type { PurposePolicy } from './purpose-policy.ts';

const FIRST_PIN: PurposePolicy = { ...POLICY, digits: hotpDigits(6), slowTriesMax: 101 };
const CARD = { triesMax: 10, triesIntervalMs: 24 * HOUR_MS };

describe('the chance of a guess', () => {
  it('counts every candidate, over all tries until the lock', () => {
    const { candidates, perTry, perLock, sprayedHits } = guessProbability(FIRST_PIN, CARD);
    expect(candidates).toBe(2);
    // 2,148 of 2^31 truncated MACs give the most frequent code of six digits.
    expect(perTry).toBe((2 * 2_148) / 2 ** 31);
    expect(perLock).toBeCloseTo(5 * perTry, 9);
    expect(sprayedHits).toBeCloseTo(8, 1);
  });

  it('over a year is limited by the slow counter, or by the card if that is stricter', () => {
    expect(guessProbability(FIRST_PIN, CARD).triesPerYear).toBe(Math.floor((100 * 365) / 30));
    expect(guessProbability(FIRST_PIN, { ...CARD, triesMax: 3 }).triesPerYear).toBe(2 * 365);
  });

  it('grows with the number of tokens, and is ten times smaller with one more digit', () => {
    const one = guessProbability(FIRST_PIN, CARD).perTry;
    expect(guessProbability(FIRST_PIN, CARD, 3).perTry).toBeCloseTo(3 * one, 12);
    expect(guessProbability({ ...FIRST_PIN, digits: hotpDigits(7) }, CARD).perTry).toBeCloseTo(one / 10, 9);
  });

  // RFC 4226, 5.3: there are 2^31 values, however many digits are shown.
  it.each([
    [8, 22],
    [9, 3],
    [10, 1],
  ])('with %i digits is that of the code with %i truncated MACs', (digits, macs) => {
    expect(guessProbability({ ...FIRST_PIN, digits: hotpDigits(digits) }, CARD).perTry).toBe((2 * macs) / 2 ** 31);
  });

  it('is never more than 1, and not rounded to zero when tiny', () => {
    expect(guessProbability(FIRST_PIN, CARD, 10_000_000).perTry).toBe(1);
    expect(guessProbability({ ...FIRST_PIN, digits: hotpDigits(9) }, CARD).perLock).toBeGreaterThan(9.9e-9);
  });
});
