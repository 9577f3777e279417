import { StoreUnavailable } from './store-errors.ts';

/** Reports that rows or keys changed since the decision. Nothing was written: decide again. */
export class RaceLost extends Error {
  constructor() {
    super('the rows or keys in the store have changed since the decision');
    this.name = 'RaceLost';
  }
}

/** Most races lost in a row. Each race has a winner, so more mean that something is wrong. */
const RACES_MAX = 64;

/**
 * Retries until no race is lost.
 * @throws StoreUnavailable after `RACES_MAX` lost races
 */
export async function decidedAgain<T>(attempt: () => Promise<T>): Promise<T> {
  for (let races = 0; races < RACES_MAX; races++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RaceLost)) throw error;
    }
  }
  throw new StoreUnavailable('other daemons keep changing the same cards');
}
