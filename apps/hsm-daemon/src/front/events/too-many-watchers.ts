import { WATCHERS_A_CALLER_MAX, WATCHERS_MAX } from '../../boundary/limits.ts';

/** As many watch already as the vault is asked for. */
export class TooManyWatchers extends Error {
  constructor() {
    super(
      `${WATCHERS_A_CALLER_MAX} watchers of one caller, or ${WATCHERS_MAX} in all, are connected already: end one of them, or have one watch for several`,
    );
    this.name = 'TooManyWatchers';
  }
}
