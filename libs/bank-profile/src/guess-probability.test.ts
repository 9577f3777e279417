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
    expect([candidates, perTry]).toEqual([2, 2e-6]);
    expect(perLock).toBeCloseTo(5 * 2e-6, 9);
    expect(sprayedHits).toBeCloseTo(8, 3);
  });

  it('over a year is limited by the slow counter, or by the card if that is stricter', () => {
    expect(guessProbability(FIRST_PIN, CARD).triesPerYear).toBe(Math.floor((100 * 365) / 30));
    expect(guessProbability(FIRST_PIN, { ...CARD, triesMax: 3 }).triesPerYear).toBe(2 * 365);
  });

  it('grows with the number of tokens, and is ten times smaller with one more digit', () => {
    const one = guessProbability(FIRST_PIN, CARD).perTry;
    expect(guessProbability(FIRST_PIN, CARD, 3).perTry).toBeCloseTo(3 * one, 12);
    expect(guessProbability({ ...FIRST_PIN, digits: hotpDigits(7) }, CARD).perTry).toBeCloseTo(one / 10, 12);
  });

  it('is never more than 1, and not rounded to zero when tiny', () => {
    expect(guessProbability(FIRST_PIN, CARD, 10_000_000).perTry).toBe(1);
    expect(guessProbability({ ...FIRST_PIN, digits: hotpDigits(9) }, CARD).perLock).toBeGreaterThan(9.9e-9);
  });
});
