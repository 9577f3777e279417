/**
 * The store does not answer, or not in time. What was asked of it may have been done or not: whoever repeats the
 * request under its id hears which.
 */
export class StoreUnavailable extends Error {
  constructor(why: string) {
    super(`the store cannot be used now: ${why}`);
    this.name = 'StoreUnavailable';
  }
}

/** Does what can as well be left undone while the store does not answer. */
export async function unlessUnavailable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}
