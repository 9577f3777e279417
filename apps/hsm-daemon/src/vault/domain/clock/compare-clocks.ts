// Daemons that share a store decide on the same codes, each by its own clock: one that stands back accepts codes that the
// others refuse as over.

/** Another clock, as it was read over the store. */
export interface OtherClock {
  /** Whose it is, in words. */
  readonly whose: string;
  /** Ours less that one. */
  readonly apart_ms: number;
  /** The reading may be wrong by so much: it took that long. */
  readonly uncertain_ms: number;
}

/**
 * The clock that is farthest from ours, when it is farther than `apart_max_ms`.
 * @param accepted_ms how far apart each was when people accepted ours
 */
export function farthestApart(
  clocks: readonly OtherClock[],
  accepted_ms: ReadonlyMap<string, number>,
  apart_max_ms: number,
): OtherClock | undefined {
  const too_far = clocks.filter(({ whose, apart_ms, uncertain_ms }) => {
    const moved_ms = apart_ms - (accepted_ms.get(whose) ?? 0);
    return Math.abs(moved_ms) > apart_max_ms + uncertain_ms;
  });
  return too_far.toSorted((a, b) => Math.abs(b.apart_ms) - Math.abs(a.apart_ms))[0];
}
