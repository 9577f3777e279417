import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRESH, HOUR_MS, POLICY, RULES, World, WRONG } from '../../../../../../test/harness/world-of-steps.ts';
import type { VerdictEntry } from '../audit/entry.ts';
import { foldEntry, purposesTouched } from '../enrolment/fold-entry.ts';
import { liveSteps } from './candidate-steps.ts';
import { decide } from './decide.ts';

describe('decide', () => {
  it('M-10, M-12: a code is accepted while it is shown and 60 s after, 120 s in all', () => {
    const shown = new World().step;
    const accepted_after_ms = [0, 59_999, 60_000, 119_999, 120_000].map((after_ms) => {
      const world = new World();
      world.now_ms += after_ms;
      return world.try(shown);
    });
    expect(accepted_after_ms).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'wrong-code']);
  });

  it('a code of a step to come is wrong', () => {
    const world = new World();
    expect(world.try(world.step + 1)).toBe('wrong-code');
  });

  it('M-13: a code is accepted once, even while it is still shown', () => {
    const world = new World();
    expect([world.try(world.step), world.try(world.step)]).toEqual(['accepted', 'used-code']);
  });

  it('the older of two live codes is refused after the newer was used', () => {
    const world = new World();
    expect([world.try(world.step), world.try(world.step - 1)]).toEqual(['accepted', 'used-code']);
  });

  it('two live steps with the same digits: the later one counts, and both are used up', () => {
    const { first_step, steps } = liveSteps(POLICY, new World().now_ms);
    const both = { first_step, steps, matches: 0b11 };
    expect(decide(FRESH, [], RULES, both, 0)).toEqual({ reason: 'accepted', step: first_step + 1 });
    expect(decide({ ...FRESH, floor: first_step }, [], RULES, both, 0)).toEqual({
      reason: 'accepted',
      step: first_step + 1,
    });
    expect(decide({ ...FRESH, floor: first_step + 1 }, [], RULES, both, 0)).toEqual({
      reason: 'used-code',
      step: first_step + 1,
    });
  });

  it('M-15, M-36: the fifth wrong code locks, and nothing opens the lock', () => {
    const world = new World();
    const tries = Array.from({ length: 6 }, () => world.try(WRONG));
    expect(tries).toEqual(['wrong-code', 'wrong-code', 'wrong-code', 'wrong-code', 'locked-now', 'locked-before']);
    world.now_ms += 365 * 24 * HOUR_MS;
    expect(world.try(world.step)).toBe('locked-before');
  });

  it('D-1: an accepted code forgets the wrong ones before it; so do 24 hours', () => {
    const world = new World();
    for (let i = 0; i < 4; i++) world.try(WRONG);
    expect(world.try(world.step)).toBe('accepted');
    for (let i = 0; i < 4; i++) expect(world.try(WRONG)).toBe('wrong-code');
    world.now_ms += 24 * HOUR_MS;
    for (let i = 0; i < 4; i++) expect(world.try(WRONG)).toBe('wrong-code');
    expect(world.try(WRONG)).toBe('locked-now');
  });

  it('D-1: the slow counter locks although codes are accepted in between; tries older than it do not count', () => {
    const world = new World();
    world.rules = { ...RULES, card: { tries_max: 128, tries_interval_ms: HOUR_MS } };
    for (let wrong = 1; wrong < 100; wrong++) {
      expect(world.try(WRONG)).toBe('wrong-code');
      world.now_ms += 2 * HOUR_MS;
      expect(world.try(world.step)).toBe('accepted');
    }
    expect(world.try(WRONG)).toBe('slow-locked-now');
    expect(world.try(world.step)).toBe('locked-before');
    const later = new World();
    later.rules = world.rules;
    for (let wrong = 1; wrong <= 150; wrong++) {
      expect(later.try(WRONG)).toBe('wrong-code');
      later.now_ms += 8 * HOUR_MS;
      later.try(later.step);
    }
  });

  it('D-2: the tenth wrong code of a card in 24 h locks it, whatever the purpose, accepted codes or not', () => {
    const world = new World();
    world.siblings = [{ ...FRESH, purpose: 'first-pin', wrong_at_ms: [world.now_ms, world.now_ms, world.now_ms] }];
    const wrong = (count: number) => Array.from({ length: count }, () => world.try(WRONG));
    expect(wrong(4)).not.toContain('locked-now');
    expect(world.try(world.step)).toBe('accepted');
    expect(wrong(2)).toEqual(['wrong-code', 'wrong-code']);
    expect(world.try(WRONG)).toBe('card-locked-now');
    const sibling = { ...FRESH, purpose: 'first-pin' as const };
    const entry = { kind: 'verdict', purpose: 'second-pin', reason: 'card-locked-now', at_ms: 0 } as VerdictEntry;
    expect(purposesTouched(entry)).toEqual(['first-pin', 'second-pin']);
    expect(foldEntry(sibling, 'first-pin', entry, 7)).toMatchObject({ status: 'locked', wrong_at_ms: [], through: 7 });
  });

  it('D-2: wrong codes of one purpose alone do not lock another', () => {
    const world = new World();
    world.siblings = [{ ...FRESH, purpose: 'first-pin', status: 'locked', wrong_at_ms: Array(5).fill(world.now_ms) }];
    expect(world.try(world.step)).toBe('accepted');
  });

  it('D-12: a used code repeated fifty times is not counted', () => {
    const world = new World();
    world.try(world.step);
    for (let i = 0; i < 50; i++) expect(world.try(world.step)).toBe('used-code');
    expect(world.enrolment.wrong_at_ms).toEqual([]);
  });

  it('without an enrolment nothing is accepted, whatever matched', () => {
    expect(decide(undefined, [], RULES, { first_step: 1, steps: 2, matches: 0b11 }, 0).reason).toBe('not-enrolled');
  });

  it('any history: accepted steps rise, none twice, five wrong in a row lock, a lock is for ever', () => {
    const acts = fc.array(fc.tuple(fc.integer({ min: -3, max: 1 }), fc.integer({ min: 0, max: 90_000 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(acts, (history) => {
        const world = new World();
        const accepted: number[] = [];
        let wrong_in_a_row = 0;
        let locked = false;
        for (const [from_now, pause_ms] of history) {
          world.now_ms += pause_ms;
          const step = Math.floor(world.step) + from_now;
          const reason = world.try(step);
          if (locked) expect(reason).toBe('locked-before');
          if (reason === 'accepted') accepted.push(step);
          wrong_in_a_row =
            reason === 'wrong-code' || reason === 'locked-now'
              ? wrong_in_a_row + 1
              : reason === 'accepted'
                ? 0
                : wrong_in_a_row;
          locked ||= reason === 'locked-now';
          expect(locked).toBe(wrong_in_a_row >= 5);
        }
        expect(accepted).toEqual([...new Set(accepted)].sort((a, b) => a - b));
      }),
    );
  });
});
