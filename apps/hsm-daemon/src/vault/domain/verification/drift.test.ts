import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICY, World } from '../../../../../../test/harness/world-of-steps.ts';
import { candidateSteps, leadSteps, liveSteps } from './candidate-steps.ts';
import { driftSteps } from './drift.ts';

describe('a token whose clock drifts', () => {
  /** Tries two consecutive codes of a token whose clock is this many steps ahead. */
  const resynchronise = (world: World, ahead: number) => {
    const foundStep = world.step + ahead;
    const evidence = { foundStep: foundStep > world.enrolment.floor ? foundStep : -1, isUsed: true, spendsTo: 0 };
    return world.take(evidence);
  };

  it('has exactly the live window when it was never resynchronised, even after late codes (M-12)', () => {
    const world = new World();
    for (let i = 0; i < 5; i++) {
      expect(world.try(world.step - 1)).toBe('accepted');
      world.nowMs += 10 * 60_000;
    }
    expect(candidateSteps(world.enrolment, POLICY, world.nowMs)).toEqual(liveSteps(POLICY, world.nowMs));
  });

  it.each([-60, -10, -2, 0, 2])('is found and followed %i steps ahead, and each code accepted once', (ahead) => {
    const world = new World();
    expect(resynchronise(world, ahead)).toBe('resynchronised');
    for (let i = 0; i < 20; i++) {
      world.nowMs += 60_000;
      expect(world.try(world.step + ahead)).toBe('accepted');
      expect(world.try(world.step + ahead)).toBe('used-code');
    }
  });

  it('is followed while it drifts, up to the limit of the profile (D-10)', () => {
    for (const direction of [1, -1]) {
      const world = new World();
      resynchronise(world, 0);
      world.nowMs += 60_000;
      // The clock drifts by a step: after some codes the window has followed it.
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

  it('is not seen as slow unless three codes in a row are late', () => {
    const world = new World();
    resynchronise(world, 0);
    for (const late of [0, -1, -1, 0, -1, 0, -1, -1, 0]) {
      world.nowMs += 5 * 60_000;
      expect(world.try(world.step + late)).toBe('accepted');
    }
    expect(driftSteps(world.enrolment, POLICY)).toBe(0);
  });

  it('gets no code at or below its floor accepted, after any resynchronisation and drift', () => {
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
          // The second of two codes is found at most one step further ahead than the first may be.
          const ahead = isResync ? Math.min(fromNow, POLICY.resyncAheadSteps + 1) : fromNow;
          const step = Math.floor(world.step) + ahead;
          const reason = isResync ? world.take({ foundStep: step, isUsed: true, spendsTo: 0 }) : world.try(step);
          if (reason === 'accepted' || reason === 'resynchronised') accepted.push(step);
          // A restore would use up every accepted code.
          if (accepted.at(-1) === step) expect(step).toBeLessThanOrEqual(Math.floor(world.step) + leadSteps(POLICY));
          const { firstStep, steps } = candidateSteps(world.enrolment, POLICY, world.nowMs);
          // A restore would use up every live step.
          expect(firstStep + steps - 1).toBeLessThanOrEqual(Math.floor(world.step) + leadSteps(POLICY));
        }
        expect(accepted).toEqual([...new Set(accepted)].sort((a, b) => a - b));
      }),
    );
  });

  it('has a used pair refused and not counted, a wrong pair counted once, and stays locked when locked', () => {
    const world = new World();
    world.try(world.step);
    expect(world.take({ foundStep: -1, isUsed: true, spendsTo: 0 })).toBe('used-code');
    expect(world.standing.wrongAtMs).toEqual([]);
    for (let i = 0; i < 4; i++) expect(world.take({ foundStep: -1, isUsed: false, spendsTo: 0 })).toBe('wrong-code');
    expect(world.take({ foundStep: -1, isUsed: false, spendsTo: 0 })).toBe('locked-now');
    expect(world.take({ foundStep: world.step + 1, isUsed: true, spendsTo: 0 })).toBe('locked-before');
  });
});
