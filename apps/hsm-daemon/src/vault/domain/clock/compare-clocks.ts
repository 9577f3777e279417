// Daemons that share a store decide on the same codes, each by its own clock: one that is behind
// accepts codes that the others refuse as expired. Each clock is compared with the store's server,
// which all of them share: the daemon that is off stops, and the others continue.

/** Another clock, as it was read over the store. */
export interface OtherClock {
  /** Its owner, in words. */
  readonly whose: string;
  readonly isServer: boolean;
  /** Our clock minus that one. */
  readonly apartMs: number;
  /** How long the reading took: it may be wrong by that much. */
  readonly uncertainMs: number;
}

/** How far each clock was from ours when people accepted ours. */
export type AcceptedApart = ReadonlyMap<string, number>;

/**
 * Returns whether a clock is too far from ours. The limit for the server is half the other one, so
 * that two daemons are never farther apart than one clock may jump.
 */
export function isTooFar(clock: OtherClock, accepted: AcceptedApart, jumpMaxMs: number): boolean {
  const movedMs = clock.apartMs - (accepted.get(clock.whose) ?? 0);
  const apartMaxMs = clock.isServer ? jumpMaxMs / 2 : jumpMaxMs;
  return Math.abs(movedMs) > apartMaxMs + clock.uncertainMs;
}

/** Returns the clock farthest from ours, among those that are too far. */
export function farthestApart(
  clocks: readonly OtherClock[],
  accepted: AcceptedApart,
  jumpMaxMs: number,
): OtherClock | undefined {
  const tooFar = clocks.filter((clock) => isTooFar(clock, accepted, jumpMaxMs));
  return tooFar.toSorted((a, b) => Math.abs(b.apartMs) - Math.abs(a.apartMs))[0];
}
