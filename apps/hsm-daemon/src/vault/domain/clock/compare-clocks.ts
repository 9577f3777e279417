// Daemons that share a store decide on the same codes, each by its own clock: one that stands back accepts codes that the
// others refuse as over. The store's server is what they have in common, and what each is held against; so the daemon that is
// off stops, and the others do not.

/** Another clock, as it was read over the store. */
export interface OtherClock {
  /** Whose it is, in words. */
  readonly whose: string;
  readonly isServer: boolean;
  /** Ours less that one. */
  readonly apartMs: number;
  /** The reading may be wrong by so much: it took that long. */
  readonly uncertainMs: number;
}

/** How far each clock was apart from ours when people accepted ours. */
export type AcceptedApart = ReadonlyMap<string, number>;

/** Half as far from the server, so that two daemons are never farther from each other than one clock may jump. */
export function isTooFar(clock: OtherClock, accepted: AcceptedApart, jumpMaxMs: number): boolean {
  const movedMs = clock.apartMs - (accepted.get(clock.whose) ?? 0);
  const apartMaxMs = clock.isServer ? jumpMaxMs / 2 : jumpMaxMs;
  return Math.abs(movedMs) > apartMaxMs + clock.uncertainMs;
}

/** The clock that is farthest from ours, of those that are too far. */
export function farthestApart(
  clocks: readonly OtherClock[],
  accepted: AcceptedApart,
  jumpMaxMs: number,
): OtherClock | undefined {
  const tooFar = clocks.filter((clock) => isTooFar(clock, accepted, jumpMaxMs));
  return tooFar.toSorted((a, b) => Math.abs(b.apartMs) - Math.abs(a.apartMs))[0];
}
