import { StoreUnavailable } from './store-errors.ts';

/** What was decided on is not what the store has now: nothing was written, and it is decided again. */
export class RaceLost extends Error {
  constructor() {
    super('the store has other rows or keys than were decided on');
    this.name = 'RaceLost';
  }
}

/** Of races that are lost one after the other: somebody always gets on, so many mean that something is wrong. */
const RACES_MAX = 64;

/** Tries until no race is lost. @throws StoreUnavailable */
export async function decidedAgain<T>(attempt: () => Promise<T>): Promise<T> {
  for (let races = 0; races < RACES_MAX; races++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RaceLost)) throw error;
    }
  }
  throw new StoreUnavailable('other daemons change the same cards all the time');
}
