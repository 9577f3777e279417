/** A span of virtual time, in whole milliseconds. */
export type Duration_ms = number & { readonly unit: 'ms of virtual time' };

/** A point of the laboratory's virtual time, in whole milliseconds since the Unix epoch. Never the machine's clock. */
export type Instant_ms = number & { readonly unit: 'ms since the epoch, virtual' };

/** What a token's own clock says, in milliseconds since the Unix epoch: as wrong as its crystal has made it. */
export type DeviceTime_ms = number & { readonly unit: "ms since the epoch, by the token's own clock" };

/** @throws RangeError for what is no whole, safe number of milliseconds */
export function instant(ms: number): Instant_ms {
  return whole(ms) as Instant_ms;
}

/** @throws RangeError for what is no whole, safe number of milliseconds from 0 */
export function duration(ms: number): Duration_ms {
  if (ms < 0) throw new RangeError('a duration is not negative');
  return whole(ms) as Duration_ms;
}

/** @throws RangeError for what is no time at all */
export function deviceTime(ms: number): DeviceTime_ms {
  if (!Number.isFinite(ms)) throw new RangeError('a clock says a number');
  return ms as DeviceTime_ms;
}

export function later(from: Instant_ms, by: Duration_ms): Instant_ms {
  return instant(from + by);
}

function whole(ms: number): number {
  if (!Number.isSafeInteger(ms)) throw new RangeError('time is counted in whole milliseconds');
  return ms;
}
