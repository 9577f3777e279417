import fc from 'fast-check';
import { Seeded } from '../seeded.ts';
import type { StorePlant } from '../verification/shared-register.ts';
import { CARDS } from './life.ts';
import { LifeCycleWorld, type Turn, type Wish } from './world.ts';

/** What most people do comes most often. */
const OFTEN = [
  'put',
  'put',
  'put',
  'enrol',
  'enrol',
  'enrol',
  'verify',
  'verify',
  'verify',
  'repeat',
  'repeat',
] as const;
const SELDOM = ['close', 'deactivate', 'block', 'unblock', 'void', 'lose', 'find'] as const;
const ALL_KINDS: readonly Wish['kind'][] = [...SELDOM, ...OFTEN];

function turnsOf(kinds: readonly Wish['kind'][]): fc.Arbitrary<Turn[]> {
  const wish: fc.Arbitrary<Wish> = fc.record({
    kind: fc.constantFrom(...kinds),
    card: fc.nat(CARDS - 1),
    number: fc.nat(1),
    back: fc.nat(2),
  });
  const turn: fc.Arbitrary<Turn> = fc.oneof(fc.tuple(wish), fc.tuple(wish, wish));
  return fc.array(turn, { minLength: 1, maxLength: 14 });
}

/**
 * Returns what went wrong in the shortest life that was found; undefined when nothing did.
 * @param kinds what people do: fewer kinds meet a rare race sooner
 */
export async function firstWrong(
  lives: number,
  seed: number,
  plant: StorePlant,
  kinds: readonly Wish['kind'][] = ALL_KINDS,
): Promise<string | undefined> {
  const world = new LifeCycleWorld(new Seeded(seed), plant);
  const property = fc.asyncProperty(turnsOf(kinds), async (all) => {
    const wrong = await world.live(all);
    if (wrong !== undefined) throw new Error(wrong);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, { numRuns: lives, seed });
  return failed ? `${JSON.stringify(counterexample)}: ${String(errorInstance)}` : undefined;
}
