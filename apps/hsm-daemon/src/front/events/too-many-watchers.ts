import { WATCHERS_MAX } from '../../boundary/limits.ts';

/** As many watch already as the vault is asked for. */
export class TooManyWatchers extends Error {
  constructor() {
    super(`${WATCHERS_MAX} watchers are connected already: end one of them, or have one watch for several`);
    this.name = 'TooManyWatchers';
  }
}
