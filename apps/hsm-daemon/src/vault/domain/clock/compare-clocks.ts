// Daemons that share a store decide on the same codes, each by its own clock: one that stands back accepts codes that the
// others refuse as over. The store's server is what they have in common, and what each is held against; so the daemon that is
// off stops, and the others do not.

/** Another clock, as it was read over the store. */
export interface OtherClock {
  /** Whose it is, in words. */
  readonly whose: string;
  readonly is_server: boolean;
  /** Ours less that one. */
  readonly apart_ms: number;
  /** The reading may be wrong by so much: it took that long. */
  readonly uncertain_ms: number;
}

/** How far each clock was apart from ours when people accepted ours. */
export type AcceptedApart = ReadonlyMap<string, number>;

/** Half as far from the server, so that two daemons are never farther from each other than one clock may jump. */
export function isTooFar(clock: OtherClock, accepted: AcceptedApart, jump_max_ms: number): boolean {
  const moved_ms = clock.apart_ms - (accepted.get(clock.whose) ?? 0);
  const apart_max_ms = clock.is_server ? jump_max_ms / 2 : jump_max_ms;
  return Math.abs(moved_ms) > apart_max_ms + clock.uncertain_ms;
}

/** The clock that is farthest from ours, of those that are too far. */
export function farthestApart(
  clocks: readonly OtherClock[],
  accepted: AcceptedApart,
  jump_max_ms: number,
): OtherClock | undefined {
  const too_far = clocks.filter((clock) => isTooFar(clock, accepted, jump_max_ms));
  return too_far.toSorted((a, b) => Math.abs(b.apart_ms) - Math.abs(a.apart_ms))[0];
}
