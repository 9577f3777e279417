import { hotpDigits } from '@ramz/otp-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VerdictReason } from '../../../boundary/commands.ts';
import type { VerdictEntry } from '../audit/entry.ts';
import type { Enrolment } from '../enrolment/enrolment.ts';
import { foldEntry, purposesTouched } from '../enrolment/fold-entry.ts';
import type { PurposePolicy } from '../policy/purpose-policy.ts';
import { candidateSteps, leadSteps, liveSteps } from './candidate-steps.ts';
import { decide, type Evidence } from './decide.ts';
import { driftSteps } from './drift.ts';

const HOUR_MS = 3600 * 1000;
const POLICY: PurposePolicy = {
  digits: hotpDigits(8),
  hash: 'sha1',
  period_s: 60,
  t0_s: 0,
  accepted_past_steps: 1,
  tries_max: 5,
  tries_interval_ms: 24 * HOUR_MS,
  slow_tries_max: 100,
  slow_tries_interval_ms: 30 * 24 * HOUR_MS,
  drift_max_steps: 1,
  resync_steps: [1, 3, 10],
  resync_branch_steps: 60,
  resync_ahead_steps: 2,
  channels: ['internet-bank'],
};
const RULES = { purpose: POLICY, card: { tries_max: 10, tries_interval_ms: 24 * HOUR_MS } };
const FRESH: Enrolment = {
  id: '0'.repeat(32),
  subject: '0'.repeat(32),
  purpose: 'second-pin',
  generation: 1,
  epoch: 1,
  token_serial: 'T',
  status: 'active',
  floor: 0,
  wrong_at_ms: [],
  wrong_since_accepted: 0,
  observed: [],
  through: 0,
};
const WRONG = -1;

/** An enrolment that codes are tried on, in a world of steps: trying step s is trying the code of step s. */
class World {
  enrolment = FRESH;
  siblings: Enrolment[] = [];
  rules = RULES;
  now_ms = 1_000_000 * 60_000;

  get step(): number {
    return this.now_ms / 60_000;
  }

  /** Tries the code of a step, or a wrong one. */
  try(step: number): VerdictReason {
    const { first_step, steps } = candidateSteps(this.enrolment, POLICY, this.now_ms);
    const at = step - first_step;
    const matches = at >= 0 && at < steps ? 1 << at : 0;
    return this.take({ first_step, steps, matches });
  }

  take(evidence: Evidence): VerdictReason {
    const decision = decide(this.enrolment, this.siblings, this.rules, evidence, this.now_ms);
    const entry = { kind: 'verdict', purpose: 'second-pin', at_ms: this.now_ms, ...decision } as VerdictEntry;
    const index = this.enrolment.through + 1;
    this.enrolment = foldEntry(this.enrolment, 'second-pin', entry, index) ?? this.enrolment;
    return decision.reason;
  }
}

describe('a token whose clock drifts', () => {
  /** Tries two consecutive codes of a token whose clock is ahead by so many steps. */
  const resynchronise = (world: World, ahead: number) => {
    const found_step = world.step + ahead;
    const evidence = { found_step: found_step > world.enrolment.floor ? found_step : -1, is_used: true };
    return world.take(evidence);
  };

  it('that was never resynchronised has exactly the live window, whatever it did (M-12)', () => {
    const world = new World();
    for (let i = 0; i < 5; i++) {
      expect(world.try(world.step - 1)).toBe('accepted');
      world.now_ms += 10 * 60_000;
    }
    expect(candidateSteps(world.enrolment, POLICY, world.now_ms)).toEqual(liveSteps(POLICY, world.now_ms));
  });

  it.each([-60, -10, -2, 0, 2])('%i steps ahead: found, followed, each code accepted once', (ahead) => {
    const world = new World();
    expect(resynchronise(world, ahead)).toBe('resynchronised');
    for (let i = 0; i < 20; i++) {
      world.now_ms += 60_000;
      expect(world.try(world.step + ahead)).toBe('accepted');
      expect(world.try(world.step + ahead)).toBe('used-code');
    }
  });

  it('goes on drifting, and is followed as far as the profile says and no further (D-10)', () => {
    for (const direction of [1, -1]) {
      const world = new World();
      resynchronise(world, 0);
      world.now_ms += 60_000;
      // The clock runs away by a step: after some codes the next ones are taken where they are.
      for (let i = 0; i < 4; i++) {
        world.now_ms += 60_000;
        expect(world.try(world.step + direction)).toBe('accepted');
      }
      const { first_step, steps } = candidateSteps(world.enrolment, POLICY, world.now_ms);
      expect([first_step - world.step, steps]).toEqual([direction - 1, 3]);
      world.now_ms += 60_000;
      expect(world.try(world.step + 3 * direction)).toBe('wrong-code');
    }
  });

  it('one late code is no drift', () => {
    const world = new World();
    resynchronise(world, 0);
    for (const late of [0, -1, -1, 0, -1, 0, -1, -1, 0]) {
      world.now_ms += 5 * 60_000;
      expect(world.try(world.step + late)).toBe('accepted');
    }
    expect(driftSteps(world.enrolment, POLICY)).toBe(0);
  });

  it('neither resynchronisation nor drift moves the window to the floor or below', () => {
    const acts = fc.array(
      fc.tuple(fc.boolean(), fc.integer({ min: -3, max: 6 }), fc.integer({ min: 0, max: 200_000 })),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(acts, (history) => {
        const world = new World();
        const accepted: number[] = [];
        for (const [is_resync, from_now, pause_ms] of history) {
          world.now_ms += pause_ms;
          // The second of two codes is found a step further ahead than the first may be, and never further.
          const ahead = is_resync ? Math.min(from_now, POLICY.resync_ahead_steps + 1) : from_now;
          const step = Math.floor(world.step) + ahead;
          const reason = is_resync ? world.take({ found_step: step, is_used: true }) : world.try(step);
          if (reason === 'accepted' || reason === 'resynchronised') accepted.push(step);
          // No code is accepted that a restore would not use up.
          if (accepted.at(-1) === step) expect(step).toBeLessThanOrEqual(Math.floor(world.step) + leadSteps(POLICY));
          const { first_step, steps } = candidateSteps(world.enrolment, POLICY, world.now_ms);
          // Nothing is live that a restore would not use up.
          expect(first_step + steps - 1).toBeLessThanOrEqual(Math.floor(world.step) + leadSteps(POLICY));
        }
        expect(accepted).toEqual([...new Set(accepted)].sort((a, b) => a - b));
      }),
    );
  });

  it('a used pair is refused and not counted; a wrong one is one wrong try; a locked token stays locked', () => {
    const world = new World();
    world.try(world.step);
    expect(world.take({ found_step: -1, is_used: true })).toBe('used-code');
    expect(world.enrolment.wrong_at_ms).toEqual([]);
    for (let i = 0; i < 4; i++) expect(world.take({ found_step: -1, is_used: false })).toBe('wrong-code');
    expect(world.take({ found_step: -1, is_used: false })).toBe('locked-now');
    expect(world.take({ found_step: world.step + 1, is_used: true })).toBe('locked-before');
  });
});

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
