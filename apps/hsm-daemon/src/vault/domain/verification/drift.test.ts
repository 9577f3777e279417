import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICY, World } from '../../../../../../test/harness/world-of-steps.ts';
import { candidateSteps, leadSteps, liveSteps } from './candidate-steps.ts';
import { driftSteps } from './drift.ts';

describe('a token whose clock drifts', () => {
  /** Tries two consecutive codes of a token whose clock is ahead by so many steps. */
  const resynchronise = (world: World, ahead: number) => {
    const foundStep = world.step + ahead;
    const evidence = { foundStep: foundStep > world.enrolment.floor ? foundStep : -1, isUsed: true, spendsTo: 0 };
    return world.take(evidence);
  };

  it('that was never resynchronised has exactly the live window, whatever it did (M-12)', () => {
    const world = new World();
    for (let i = 0; i < 5; i++) {
      expect(world.try(world.step - 1)).toBe('accepted');
      world.nowMs += 10 * 60_000;
    }
    expect(candidateSteps(world.enrolment, POLICY, world.nowMs)).toEqual(liveSteps(POLICY, world.nowMs));
  });

  it.each([-60, -10, -2, 0, 2])('%i steps ahead: found, followed, each code accepted once', (ahead) => {
    const world = new World();
    expect(resynchronise(world, ahead)).toBe('resynchronised');
    for (let i = 0; i < 20; i++) {
      world.nowMs += 60_000;
      expect(world.try(world.step + ahead)).toBe('accepted');
      expect(world.try(world.step + ahead)).toBe('used-code');
    }
  });

  it('goes on drifting, and is followed as far as the profile says and no further (D-10)', () => {
    for (const direction of [1, -1]) {
      const world = new World();
      resynchronise(world, 0);
      world.nowMs += 60_000;
      // The clock runs away by a step: after some codes the next ones are taken where they are.
      for (let i = 0; i < 4; i++) {
        world.nowMs += 60_000;
        expect(world.try(world.step + direction)).toBe('accepted');
      }
      const { firstStep, steps } = candidateSteps(world.enrolment, POLICY, world.nowMs);
      expect([firstStep - world.step, steps]).toEqual([direction - 1, 3]);
      world.nowMs += 60_000;
      expect(world.try(world.step + 3 * direction)).toBe('wrong-code');
    }
  });

  it('one late code is no drift', () => {
    const world = new World();
    resynchronise(world, 0);
    for (const late of [0, -1, -1, 0, -1, 0, -1, -1, 0]) {
      world.nowMs += 5 * 60_000;
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
        for (const [isResync, fromNow, pauseMs] of history) {
          world.nowMs += pauseMs;
          // The second of two codes is found a step further ahead than the first may be, and never further.
          const ahead = isResync ? Math.min(fromNow, POLICY.resyncAheadSteps + 1) : fromNow;
          const step = Math.floor(world.step) + ahead;
          const reason = isResync ? world.take({ foundStep: step, isUsed: true, spendsTo: 0 }) : world.try(step);
          if (reason === 'accepted' || reason === 'resynchronised') accepted.push(step);
          // No code is accepted that a restore would not use up.
          if (accepted.at(-1) === step) expect(step).toBeLessThanOrEqual(Math.floor(world.step) + leadSteps(POLICY));
          const { firstStep, steps } = candidateSteps(world.enrolment, POLICY, world.nowMs);
          // Nothing is live that a restore would not use up.
          expect(firstStep + steps - 1).toBeLessThanOrEqual(Math.floor(world.step) + leadSteps(POLICY));
        }
        expect(accepted).toEqual([...new Set(accepted)].sort((a, b) => a - b));
      }),
    );
  });

  it('a used pair is refused and not counted; a wrong one is one wrong try; a locked token stays locked', () => {
    const world = new World();
    world.try(world.step);
    expect(world.take({ foundStep: -1, isUsed: true, spendsTo: 0 })).toBe('used-code');
    expect(world.standing.wrongAtMs).toEqual([]);
    for (let i = 0; i < 4; i++) expect(world.take({ foundStep: -1, isUsed: false, spendsTo: 0 })).toBe('wrong-code');
    expect(world.take({ foundStep: -1, isUsed: false, spendsTo: 0 })).toBe('locked-now');
    expect(world.take({ foundStep: world.step + 1, isUsed: true, spendsTo: 0 })).toBe('locked-before');
  });
});
