// Errors of a store.
/** Reports that the log differs from what was written: nothing in it can be trusted. */
export class LogBroken extends Error {
  constructor(index: number, why: string) {
    super(`the audit log is broken at entry ${index}: ${why}`);
    this.name = 'LogBroken';
  }
}
/** Reports a row that was damaged or written by another program. Others can still be decided on. */
export class RowBroken extends Error {
  constructor(place: string, why: string, remedy = 'put it back from a backup') {
    super(`the row ${place} of the store cannot be read: ${why}; ${remedy}`);
    this.name = 'RowBroken';
  }
}
/** Reports that another daemon has this store open. */
export class StoreInUse extends Error {
  constructor(path: string) {
    super(`${path} is in use by another daemon: stop that one, or give this one another data directory`);
    this.name = 'StoreInUse';
  }
}
/**
 * Reports that the store does not answer, or not in time. The work may have been done or not: a
 * caller that retries under the same request id learns which.
 */
export class StoreUnavailable extends Error {
  constructor(why: string) {
    super(`the store cannot be used now: ${why}`);
    this.name = 'StoreUnavailable';
  }
}

/** Does work that can be skipped while the store does not answer. */
export async function unlessUnavailable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}
