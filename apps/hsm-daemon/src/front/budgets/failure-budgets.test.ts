import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { describe, expect, it } from 'vitest';
import { Seeded } from '../../../../../test/sim/seeded.ts';
import { FailureBudgets, type Origin } from './failure-budgets.ts';

const { budgets } = readBankProfile(profilePath('maskan'));
const START_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 24 * 3600 * 1000;
const from = (origin: Partial<Origin>): Origin => ({
  terminal: '',
  caller: 'pos',
  channel: 'pos',
  bin: '628023',
  ...origin,
});
/** Returns how many seconds a try would have to wait, without making it. */
function waitFor(all: FailureBudgets, origin: Origin, nowMs: number): number {
  const waitSeconds = all.enter(origin, nowMs);
  if (waitSeconds === 0) all.leave(origin, nowMs);
  return waitSeconds;
}

describe('budgets of failures', () => {
  it('raises an alarm on one guess per card before the expected hits exceed 0.01', () => {
    const all = new FailureBudgets(budgets);
    let guesses = 0;
    // First PIN: two live codes of ten thousand.
    for (let alarms = 0; alarms === 0; guesses++) alarms = all.note(from({}), true, START_MS + guesses * 10).length;
    expect(guesses * (2 / 10_000)).toBeLessThanOrEqual(0.01);
  });

  it("raises an alarm amid the bank's own traffic, at ten guesses a second", () => {
    const all = new FailureBudgets(budgets);
    const seeded = new Seeded(7);
    let guesses = 0;
    for (let ms = 0; ms < DAY_MS; ms += 50) {
      // 20 tries a second, 2 % mistyped.
      const alarms = all.note(from({}), seeded.chance(0.02), START_MS + ms);
      if (ms > 600_000 && ms % 100 === 0) {
        guesses += 1;
        alarms.push(...all.note(from({}), true, START_MS + ms));
      }
      if (alarms.length > 0) break;
    }
    expect(guesses).toBeGreaterThan(0);
    expect(guesses * (2 / 10_000)).toBeLessThan(0.05);
  });

  it.each([0.01, 0.02, 0.03])('raises no alarm on a normal day with a share of %f mistyped', (mistyped) => {
    const all = new FailureBudgets(budgets);
    const seeded = new Seeded(11);
    let alarms = 0;
    // Quiet nights and a noon of 20 tries a second, over 2,000 terminals.
    for (let second = 0; second < 86_400; second++) {
      const tries = Math.round(5 * (1 - Math.cos((second / 86_400) * 2 * Math.PI)) * seeded.next() * 2);
      for (let i = 0; i < tries; i++) {
        const origin = from({ terminal: `T${seeded.below(2_000)}` });
        alarms += all.note(origin, seeded.chance(mistyped), START_MS + second * 1_000).length;
      }
    }
    expect(alarms).toBe(0);
  });

  it('slows down only the terminal that guesses, until it recovers', () => {
    const all = new FailureBudgets(budgets);
    const [bad, good] = [from({ terminal: 'BAD' }), from({ terminal: 'GOOD' })];
    const alarms = Array.from({ length: 10 }, (_, i) => all.note(bad, true, START_MS + i * 1_000)).flat();
    expect(alarms).toMatchObject([{ of: 'BAD', failures: 10, budget: { per: 'terminal', action: 'slow' } }]);
    expect(waitFor(all, bad, START_MS + 10_000)).toBeGreaterThan(0);
    expect(waitFor(all, good, START_MS + 10_000)).toBe(0);
    expect(waitFor(all, bad, START_MS + 400_000)).toBe(0);
  });

  it('does not reset a budget on success, only lowers its share of failures', () => {
    const all = new FailureBudgets([
      { per: 'terminal', failures_min: 3, failure_share_max: 0.5, interval_s: 60, action: 'slow' },
    ]);
    const origin = from({ terminal: 'T' });
    for (const failed of [true, false, true, false, true]) all.note(origin, failed, START_MS);
    expect(waitFor(all, origin, START_MS)).toBeGreaterThan(0);
    for (let i = 0; i < 3; i++) all.note(origin, false, START_MS);
    expect(waitFor(all, origin, START_MS)).toBe(0);
  });

  it('spends no terminal budget for an unknown terminal, and forgets nothing when the clock goes back', () => {
    const all = new FailureBudgets(budgets);
    for (let i = 0; i < 20; i++) expect(all.note(from({}), true, START_MS)).toEqual([]);
    const bad = from({ terminal: 'BAD' });
    for (let i = 0; i < 9; i++) all.note(bad, true, START_MS);
    expect(all.note(bad, true, START_MS - 3_600_000).length).toBe(1);
  });

  it('does not admit concurrent tries that would be rejected one after the other', () => {
    const all = new FailureBudgets(budgets);
    const bad = from({ terminal: 'BAD' });
    const entered = Array.from({ length: 1_000 }, () => all.enter(bad, START_MS)).filter(
      (waitSeconds) => waitSeconds === 0,
    );
    expect(entered.length).toBe(10);
    // They succeeded: there is room again.
    for (let i = 0; i < entered.length; i++) {
      all.note(bad, false, START_MS);
      all.leave(bad, START_MS);
    }
    expect(waitFor(all, bad, START_MS)).toBe(0);
  });

  it('remembers a spent terminal among invented ones', () => {
    const all = new FailureBudgets(budgets);
    const bad = from({ terminal: 'BAD' });
    for (let i = 0; i < 10; i++) all.note(bad, true, START_MS);
    for (let i = 0; i < 101_000; i++) all.note(from({ terminal: `T${i}` }), true, START_MS);
    expect(waitFor(all, bad, START_MS)).toBeGreaterThan(0);
  });
});
