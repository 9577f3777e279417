/** A span of virtual time, in whole milliseconds. */
export type DurationMs = number & { readonly unit: 'ms of virtual time' };

/**
 * A point in virtual time, in whole milliseconds since the Unix epoch. Never the machine's clock.
 */
export type InstantMs = number & { readonly unit: 'ms since the epoch, virtual' };

/** The time on a token's own clock, in ms since the Unix epoch, with the error of its crystal. */
export type DeviceTimeMs = number & { readonly unit: "ms since the epoch, by the token's own clock" };

/** @throws RangeError if `ms` is not a safe integer */
export function instant(ms: number): InstantMs {
  return whole(ms) as InstantMs;
}

/** @throws RangeError if `ms` is negative or not a safe integer */
export function duration(ms: number): DurationMs {
  if (ms < 0) throw new RangeError('a duration is not negative');
  return whole(ms) as DurationMs;
}

/** @throws RangeError if `ms` is not finite */
export function deviceTime(ms: number): DeviceTimeMs {
  if (!Number.isFinite(ms)) throw new RangeError('the time on a clock is a finite number');
  return ms as DeviceTimeMs;
}

export function later(from: InstantMs, by: DurationMs): InstantMs {
  return instant(from + by);
}

function whole(ms: number): number {
  if (!Number.isSafeInteger(ms)) throw new RangeError('time is counted in whole milliseconds');
  return ms;
}
