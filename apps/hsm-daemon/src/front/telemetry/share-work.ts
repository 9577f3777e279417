/** Runs `work` once for all concurrent callers: each gets the result of the first. */
export function shareWork<A extends unknown[], T>(work: (...of: A) => Promise<T>): (...of: A) => Promise<T> {
  let running: Promise<T> | undefined;
  return (...of) => {
    running ??= work(...of).finally(() => {
      running = undefined;
    });
    return running;
  };
}
