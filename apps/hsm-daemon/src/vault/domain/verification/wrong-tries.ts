/** How many of these tries are younger than `sinceMs`. One exactly that old no longer counts. */
export function wrongTriesSince(triesAtMs: readonly number[], sinceMs: number): number {
  return triesAtMs.filter((atMs) => atMs > sinceMs).length;
}
