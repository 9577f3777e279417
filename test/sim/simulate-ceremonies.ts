import type { Plant } from './ceremony/machine.ts';
import { InvariantBroken, type Tally, World } from './ceremony/world.ts';
import { Seeded } from './seeded.ts';

/** Ceremonies per world. Each world has its own seed. */
const A_WORLD = 50;

export interface Simulated {
  readonly ceremonies: number;
  readonly tally: Tally;
  /** The broken invariant, and the seed that reproduces it. */
  readonly broken?: { readonly seed: number; readonly ceremony: number; readonly what: string };
}

/** Holds `ceremonies` ceremonies, in worlds with seeds from `seed` on. */
export async function simulateCeremonies(
  seed: number,
  ceremonies: number,
  plant: Plant = 'none',
  progress: (done: number) => void = () => {},
): Promise<Simulated> {
  const tally: Tally = { finalised: 0, aborted: 0, unfinished: 0, powerCuts: 0, refused: 0, byKind: {} };
  let done = 0;
  for (let worldSeed = seed; done < ceremonies; worldSeed++) {
    const world = await World.build(new Seeded(worldSeed), plant);
    try {
      for (let i = 0; i < A_WORLD && done < ceremonies; i++, done++) {
        await world.holdOne();
        progress(done + 1);
      }
    } catch (error) {
      const what = error instanceof InvariantBroken ? error.message : String((error as Error).stack ?? error);
      return { ceremonies: done, tally, broken: { seed: worldSeed, ceremony: done % A_WORLD, what } };
    } finally {
      add(tally, world.tally);
      await world.scrap();
    }
  }
  return { ceremonies: done, tally };
}

function add(total: Tally, more: Tally): void {
  for (const name of ['finalised', 'aborted', 'unfinished', 'powerCuts', 'refused'] as const) total[name] += more[name];
  for (const [kind, count] of Object.entries(more.byKind)) total.byKind[kind] = (total.byKind[kind] ?? 0) + count;
}
