// The wall clock decides which codes are live, and it can be set; the monotonic clock only ticks. Where the two part,
// somebody or something moved the wall clock: forward, and codes written down for later are live; backward, and codes
// of the past are.

/** Both clocks at one moment. */
export interface ClockReading {
  /** Milliseconds since the Unix epoch: what the system says it is. */
  readonly wall_ms: number;
  /** Milliseconds since anything: it is never set. A machine that slept did not count them. */
  readonly monotonic_ms: number;
}

/** How far time servers may pull a clock without setting it: what Linux allows (500 ppm). */
const SLEW_PPM_MAX = 500;

/** What the wall clock is held against. A value: each look makes a new one. */
export interface ClockWatch {
  /** Wall clock less monotonic clock, as it is believed to be. */
  readonly offset_ms: number;
  readonly looked_at_ms: number;
}

export function watchFrom({ wall_ms, monotonic_ms }: ClockReading): ClockWatch {
  return { offset_ms: wall_ms - monotonic_ms, looked_at_ms: monotonic_ms };
}

/**
 * How far the wall clock has jumped: 0 when no further than `jump_max_ms`. What a time server corrects slowly is
 * followed; many small steps are not, they add up.
 */
export function lookAtClock(
  before: ClockWatch,
  now: ClockReading,
  jump_max_ms: number,
): { readonly watch: ClockWatch; readonly jump_ms: number } {
  const apart_ms = now.wall_ms - now.monotonic_ms - before.offset_ms;
  if (Math.abs(apart_ms) > jump_max_ms) return { watch: before, jump_ms: apart_ms };
  const slew_max_ms = (Math.max(0, now.monotonic_ms - before.looked_at_ms) * SLEW_PPM_MAX) / 1e6;
  const followed_ms = Math.sign(apart_ms) * Math.min(Math.abs(apart_ms), slew_max_ms);
  return {
    watch: { offset_ms: before.offset_ms + followed_ms, looked_at_ms: now.monotonic_ms },
    jump_ms: 0,
  };
}
