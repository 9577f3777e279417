// The wall clock decides which codes are live, and it can be set; the monotonic clock only ticks. Where the two part,
// somebody or something moved the wall clock: forward, and codes written down for later are live; backward, and codes
// of the past are.

/** Both clocks at one moment. */
export interface ClockReading {
  /** Milliseconds since the Unix epoch: what the system says it is. */
  readonly wallMs: number;
  /** Milliseconds since anything: it is never set. A machine that slept did not count them. */
  readonly monotonicMs: number;
}

/** How far time servers may pull a clock without setting it: what Linux allows (500 ppm). */
const SLEW_PPM_MAX = 500;

/** What the wall clock is held against. A value: each look makes a new one. */
export interface ClockWatch {
  /** Wall clock less monotonic clock, as it is believed to be. */
  readonly offsetMs: number;
  readonly lookedAtMs: number;
}

export function watchFrom({ wallMs, monotonicMs }: ClockReading): ClockWatch {
  return { offsetMs: wallMs - monotonicMs, lookedAtMs: monotonicMs };
}

/**
 * How far the wall clock has jumped: 0 when no further than `jumpMaxMs`. What a time server corrects slowly is
 * followed; many small steps are not, they add up.
 */
export function lookAtClock(
  before: ClockWatch,
  now: ClockReading,
  jumpMaxMs: number,
): { readonly watch: ClockWatch; readonly jumpMs: number } {
  const apartMs = now.wallMs - now.monotonicMs - before.offsetMs;
  if (Math.abs(apartMs) > jumpMaxMs) return { watch: before, jumpMs: apartMs };
  const slewMaxMs = (Math.max(0, now.monotonicMs - before.lookedAtMs) * SLEW_PPM_MAX) / 1e6;
  const followedMs = Math.sign(apartMs) * Math.min(Math.abs(apartMs), slewMaxMs);
  return {
    watch: { offsetMs: before.offsetMs + followedMs, lookedAtMs: now.monotonicMs },
    jumpMs: 0,
  };
}
