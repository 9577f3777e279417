import { PURPOSES, type VerdictEntry } from '@ramz/audit-log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRESH, HOUR_MS, POLICY, RULES, TOKEN, World, WRONG } from '../../../../../../test/harness/world-of-steps.ts';
import { foldEntry, purposesTouched } from '../enrolment/fold-entry.ts';
import type { Standing } from '../enrolment/standing.ts';
import { liveSteps } from './candidate-steps.ts';
import { type Comparison, decide } from './decide.ts';

describe('decide', () => {
  it('M-10, M-12: accepts a code while it is shown and for 60 s after, 120 s in all', () => {
    const shown = new World().step;
    const acceptedAfterMs = [0, 59_999, 60_000, 119_999, 120_000].map((afterMs) => {
      const world = new World();
      world.nowMs += afterMs;
      return world.try(shown);
    });
    expect(acceptedAfterMs).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'wrong-code']);
  });

  it('counts a code of a future step as wrong', () => {
    const world = new World();
    expect(world.try(world.step + 1)).toBe('wrong-code');
  });

  it('M-13: accepts a code once, even while it is still shown', () => {
    const world = new World();
    expect([world.try(world.step), world.try(world.step)]).toEqual(['accepted', 'used-code']);
  });

  it('refuses the older of two live codes after the newer was used', () => {
    const world = new World();
    expect([world.try(world.step), world.try(world.step - 1)]).toEqual(['accepted', 'used-code']);
  });

  it('takes the later of two live steps with the same digits, and uses up both', () => {
    const { firstStep, steps } = liveSteps(POLICY, new World().nowMs);
    const both = { firstStep, steps, matches: 0b11 };
    const above = (floor: number) => {
      const { reason, step } = decide(FRESH, [], RULES, [{ enrolment: { ...TOKEN, floor }, evidence: both }], 0);
      return [reason, step - firstStep];
    };
    expect(above(0)).toEqual(['accepted', 1]);
    expect(above(firstStep)).toEqual(['accepted', 1]);
    expect(above(firstStep + 1)).toEqual(['used-code', 1]);
  });

  it('M-15, M-36: locks at the fifth wrong code, and nothing opens the lock', () => {
    const world = new World();
    const tries = Array.from({ length: 6 }, () => world.try(WRONG));
    expect(tries).toEqual(['wrong-code', 'wrong-code', 'wrong-code', 'wrong-code', 'locked-now', 'locked-before']);
    world.nowMs += 365 * 24 * HOUR_MS;
    expect(world.try(world.step)).toBe('locked-before');
  });

  it('D-1: forgets wrong codes after an accepted one, and after 24 hours', () => {
    const world = new World();
    for (let i = 0; i < 4; i++) world.try(WRONG);
    expect(world.try(world.step)).toBe('accepted');
    for (let i = 0; i < 4; i++) expect(world.try(WRONG)).toBe('wrong-code');
    world.nowMs += 24 * HOUR_MS;
    for (let i = 0; i < 4; i++) expect(world.try(WRONG)).toBe('wrong-code');
    expect(world.try(WRONG)).toBe('locked-now');
  });

  it('D-1: locks by the slow counter despite accepted codes in between; tries older than its interval do not count', () => {
    const world = new World();
    world.rules = { ...RULES, card: { triesMax: 128, triesIntervalMs: HOUR_MS } };
    for (let wrong = 1; wrong < 100; wrong++) {
      expect(world.try(WRONG)).toBe('wrong-code');
      world.nowMs += 2 * HOUR_MS;
      expect(world.try(world.step)).toBe('accepted');
    }
    expect(world.try(WRONG)).toBe('slow-locked-now');
    expect(world.try(world.step)).toBe('locked-before');
    const later = new World();
    later.rules = world.rules;
    for (let wrong = 1; wrong <= 150; wrong++) {
      expect(later.try(WRONG)).toBe('wrong-code');
      later.nowMs += 8 * HOUR_MS;
      later.try(later.step);
    }
  });

  it('D-2: locks a card at its tenth wrong code in 24 h, for any purpose and despite accepted codes', () => {
    const world = new World();
    world.siblings = [{ ...FRESH, purpose: 'first-pin', wrongAtMs: [world.nowMs, world.nowMs, world.nowMs] }];
    const wrong = (count: number) => Array.from({ length: count }, () => world.try(WRONG));
    expect(wrong(4)).not.toContain('locked-now');
    expect(world.try(world.step)).toBe('accepted');
    expect(wrong(2)).toEqual(['wrong-code', 'wrong-code']);
    expect(world.try(WRONG)).toBe('card-locked-now');
    const sibling = { ...FRESH, purpose: 'first-pin' as const };
    const entry = { kind: 'verdict', purpose: 'second-pin', reason: 'card-locked-now', atMs: 0 } as VerdictEntry;
    expect(purposesTouched(entry)).toEqual(PURPOSES);
    expect(foldEntry(sibling, 'first-pin', entry, 7)).toMatchObject({ status: 'locked', wrongAtMs: [], through: 7 });
  });

  it('D-2: does not lock a purpose by wrong codes of another one alone', () => {
    const world = new World();
    world.siblings = [{ ...FRESH, purpose: 'first-pin', status: 'locked', wrongAtMs: Array(5).fill(world.nowMs) }];
    expect(world.try(world.step)).toBe('accepted');
  });

  it('D-12: does not count a used code that is repeated fifty times', () => {
    const world = new World();
    world.try(world.step);
    for (let i = 0; i < 50; i++) expect(world.try(world.step)).toBe('used-code');
    expect(world.standing.wrongAtMs).toEqual([]);
  });

  it('accepts nothing without an enrolment, even when a code matches', () => {
    const evidence = { firstStep: 1, steps: 2, matches: 0b11 };
    expect(decide(undefined, [], RULES, [{ enrolment: TOKEN, evidence }], 0).reason).toBe('not-enrolled');
    expect(decide(FRESH, [], RULES, [], 0).reason).toBe('not-enrolled');
  });

  describe('several tokens of one subject (D-13)', () => {
    const OTHER = { ...TOKEN, id: '2'.repeat(32), tokenSerial: 'U' };
    const compared = (one: number, other: number, floors = [0, 0]) => [
      { enrolment: { ...TOKEN, floor: floors[0] ?? 0 }, evidence: { firstStep: 10, steps: 2, matches: one } },
      { enrolment: { ...OTHER, floor: floors[1] ?? 0 }, evidence: { firstStep: 10, steps: 2, matches: other } },
    ];
    const both = { ...FRESH, enrolments: [TOKEN, OTHER] };

    it('accepts the code of any of them, and uses up its own step only', () => {
      const ofSecond = decide(both, [], RULES, compared(0, 0b10), 0);
      expect(ofSecond).toEqual({ reason: 'accepted', enrolmentId: OTHER.id, step: 11, spent: [], response: '' });
      const entry = { kind: 'verdict', purpose: 'second-pin', atMs: 0, ...ofSecond } as unknown as VerdictEntry;
      expect(foldEntry(both, 'second-pin', entry, 1)?.enrolments.map(({ floor }) => floor)).toEqual([0, 11]);
    });

    it('uses up a code in both of two tokens that share it by chance: it is accepted once', () => {
      const first = decide(both, [], RULES, compared(0b01, 0b10), 0);
      expect(first).toMatchObject({ reason: 'accepted', enrolmentId: TOKEN.id, step: 10 });
      expect(first.spent).toEqual([{ enrolmentId: OTHER.id, step: 11 }]);
      expect(decide(both, [], RULES, compared(0b01, 0b10, [10, 11]), 0).reason).toBe('used-code');
      // Without the second floor it would be accepted again.
      expect(decide(both, [], RULES, compared(0b01, 0b10, [10, 0]), 0).reason).toBe('accepted');
    });

    it('decision 26: accepts a code that two tokens share once of each, when each is named, in any order', () => {
      type TriesOf = 'both' | 'one' | 'other';
      const [atOne, atOther] = [1, 2];
      const history = fc.array(fc.constantFrom<TriesOf>('both', 'one', 'other'), { maxLength: 8 });
      fc.assert(
        fc.property(history, (tries) => {
          let standing: Standing = both;
          const accepted: string[] = [];
          tries.forEach((tried, i) => {
            const floors = standing.enrolments.map(({ floor }) => floor);
            const [one, other] = compared(atOne, atOther, floors);
            const of = { both: [one, other], one: [one], other: [other] }[tried] as Comparison[];
            const { reason, spent, ...hit } = decide(standing, [], RULES, of, 0);
            if (reason !== 'accepted') return expect(reason).toBe('used-code');
            accepted.push(`${hit.enrolmentId} ${hit.step}`);
            const common = { purpose: 'second-pin', atMs: 0 } as const;
            const entries = [{ kind: 'verdict', reason, ...hit }, ...spent.map((step) => ({ kind: 'spent', ...step }))];
            for (const entry of entries)
              standing = foldEntry(standing, 'second-pin', { ...common, ...entry } as VerdictEntry, i + 1) ?? standing;
          });
          expect(accepted).toEqual([...new Set(accepted)]);
        }),
      );
    });

    it('counts a wrong code as one wrong try of all tokens, and five lock all', () => {
      let standing: Standing = both;
      const reasons = Array.from({ length: 5 }, (_, i) => {
        const { reason, enrolmentId } = decide(standing, [], RULES, compared(0, 0), 0);
        const entry = {
          kind: 'verdict',
          purpose: 'second-pin',
          atMs: 0,
          reason,
          enrolmentId,
          step: 0,
        } as VerdictEntry;
        standing = foldEntry(standing, 'second-pin', entry, i + 1) ?? standing;
        return reason;
      });
      expect(reasons).toEqual(['wrong-code', 'wrong-code', 'wrong-code', 'wrong-code', 'locked-now']);
      expect(decide(standing, [], RULES, compared(0b1, 0), 0).reason).toBe('locked-before');
    });
  });

  it('in any history, accepts rising steps, none twice, locks after five wrong codes in a row, and stays locked', () => {
    const acts = fc.array(fc.tuple(fc.integer({ min: -3, max: 1 }), fc.integer({ min: 0, max: 90_000 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(acts, (history) => {
        const world = new World();
        const accepted: number[] = [];
        let wrongInARow = 0;
        let locked = false;
        for (const [fromNow, pauseMs] of history) {
          world.nowMs += pauseMs;
          const step = Math.floor(world.step) + fromNow;
          const reason = world.try(step);
          if (locked) expect(reason).toBe('locked-before');
          if (reason === 'accepted') accepted.push(step);
          wrongInARow =
            reason === 'wrong-code' || reason === 'locked-now'
              ? wrongInARow + 1
              : reason === 'accepted'
                ? 0
                : wrongInARow;
          locked ||= reason === 'locked-now';
          expect(locked).toBe(wrongInARow >= 5);
        }
        expect(accepted).toEqual([...new Set(accepted)].sort((a, b) => a - b));
      }),
    );
  });
});
