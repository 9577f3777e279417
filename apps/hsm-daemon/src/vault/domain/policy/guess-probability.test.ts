import { hotpDigits } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { guessProbability } from './guess-probability.ts';
import type { PurposePolicy } from './purpose-policy.ts';

const HOUR_MS = 3600 * 1000;
const FIRST_PIN: PurposePolicy = {
  digits: hotpDigits(6),
  hash: 'sha1',
  period_s: 60,
  t0_s: 0,
  accepted_past_steps: 1,
  tries_max: 5,
  tries_interval_ms: 24 * HOUR_MS,
  slow_tries_max: 101,
  slow_tries_interval_ms: 30 * 24 * HOUR_MS,
  drift_max_steps: 1,
  resync_steps: [10],
  resync_branch_steps: 60,
  resync_ahead_steps: 2,
  channels: ['pos'],
};
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
