/** However many ask at once, it is done once: whoever asks while it is done gets what the first one gets. */
export function shareWork<A extends unknown[], T>(work: (...of: A) => Promise<T>): (...of: A) => Promise<T> {
  let running: Promise<T> | undefined;
  return (...of) => {
    running ??= work(...of).finally(() => {
      running = undefined;
    });
    return running;
  };
}
