import { readBankProfile } from '../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../libs/bank-profile/src/shipped-profiles.ts';
import { Seeded } from './seeded.ts';
import type { Plant } from './verification/plants.ts';
import { Broken, type Tally, World } from './verification/world.ts';

/** Rounds per world. */
const ROUNDS_A_WORLD = 100;

export interface VerificationRun {
  readonly tally: Tally;
  /** The seed that reproduces the bug, and a description. */
  readonly broken?: { readonly seed: number; readonly what: string };
}

/**
 * Runs worlds of one to three daemons in turn, until `rounds` rounds are done or an invariant is
 * broken.
 */
export async function simulateVerification(
  seed: number,
  rounds: number,
  plant: Plant,
  told: (rounds: number) => void = () => {},
): Promise<VerificationRun> {
  const profile = readBankProfile(profilePath('maskan'));
  const tally: Tally = { rounds: 0, requests: 0, accepted: 0, unheard: 0, restarts: 0, virtualDays: 0 };
  for (let n = 0; tally.rounds < rounds; n++) {
    const seeded = new Seeded(seed + n);
    const world = await World.build(seeded, profile, plant, 1 + seeded.below(3));
    try {
      for (let round = 0; round < ROUNDS_A_WORLD && tally.rounds + round < rounds; round++) await world.round();
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return { tally, broken: { seed: seed + n, what: error.message } };
    }
    for (const name of Object.keys(tally) as (keyof Tally)[]) tally[name] += world.tally[name];
    told(tally.rounds);
  }
  return { tally };
}
