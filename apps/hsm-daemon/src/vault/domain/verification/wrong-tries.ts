/** How many of these tries are younger than `since_ms`. One exactly that old no longer counts. */
export function wrongTriesSince(tries_at_ms: readonly number[], since_ms: number): number {
  return tries_at_ms.filter((at_ms) => at_ms > since_ms).length;
}
