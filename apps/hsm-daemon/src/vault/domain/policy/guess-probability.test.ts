import { hotpDigits } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, POLICY } from '../../../../../../test/harness/world-of-steps.ts';
import { guessProbability } from './guess-probability.ts';
import type { PurposePolicy } from './purpose-policy.ts';

const FIRST_PIN: PurposePolicy = { ...POLICY, digits: hotpDigits(6), slow_tries_max: 101 };
const CARD = { tries_max: 10, tries_interval_ms: 24 * HOUR_MS };

describe('the chance of a guess', () => {
  it('is that of every candidate, tried until the lock', () => {
    const { candidates, per_try, per_lock, sprayed_hits } = guessProbability(FIRST_PIN, CARD);
    expect([candidates, per_try]).toEqual([2, 2e-6]);
    expect(per_lock).toBeCloseTo(5 * 2e-6, 9);
    expect(sprayed_hits).toBeCloseTo(8, 3);
  });

  it('of a year is bounded by the slow counter, or by the card where that is tighter', () => {
    expect(guessProbability(FIRST_PIN, CARD).tries_per_year).toBe(Math.floor((100 * 365) / 30));
    expect(guessProbability(FIRST_PIN, { ...CARD, tries_max: 3 }).tries_per_year).toBe(2 * 365);
  });

  it('grows with the number of tokens, and one digit more makes it ten times smaller', () => {
    const one = guessProbability(FIRST_PIN, CARD).per_try;
    expect(guessProbability(FIRST_PIN, CARD, 3).per_try).toBeCloseTo(3 * one, 12);
    expect(guessProbability({ ...FIRST_PIN, digits: hotpDigits(7) }, CARD).per_try).toBeCloseTo(one / 10, 12);
  });

  it('is never more than 1, nor lost where it is tiny', () => {
    expect(guessProbability(FIRST_PIN, CARD, 10_000_000).per_try).toBe(1);
    expect(guessProbability({ ...FIRST_PIN, digits: hotpDigits(9) }, CARD).per_lock).toBeGreaterThan(9.9e-9);
  });
});
