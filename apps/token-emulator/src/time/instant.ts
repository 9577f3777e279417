/** A span of virtual time, in whole milliseconds. */
export type DurationMs = number & { readonly unit: 'ms of virtual time' };

/** A point of the laboratory's virtual time, in whole milliseconds since the Unix epoch. Never the machine's clock. */
export type InstantMs = number & { readonly unit: 'ms since the epoch, virtual' };

/** What a token's own clock says, in milliseconds since the Unix epoch: as wrong as its crystal has made it. */
export type DeviceTimeMs = number & { readonly unit: "ms since the epoch, by the token's own clock" };

/** @throws RangeError for what is no whole, safe number of milliseconds */
export function instant(ms: number): InstantMs {
  return whole(ms) as InstantMs;
}

/** @throws RangeError for what is no whole, safe number of milliseconds from 0 */
export function duration(ms: number): DurationMs {
  if (ms < 0) throw new RangeError('a duration is not negative');
  return whole(ms) as DurationMs;
}

/** @throws RangeError for what is no time at all */
export function deviceTime(ms: number): DeviceTimeMs {
  if (!Number.isFinite(ms)) throw new RangeError('a clock says a number');
  return ms as DeviceTimeMs;
}

export function later(from: InstantMs, by: DurationMs): InstantMs {
  return instant(from + by);
}

function whole(ms: number): number {
  if (!Number.isSafeInteger(ms)) throw new RangeError('time is counted in whole milliseconds');
  return ms;
}
