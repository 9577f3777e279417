// The wall clock decides which codes are live, and it can be set; the monotonic clock only ticks.
// When the two diverge, the wall clock was moved: forward makes codes live that were noted for
// later, backward makes past codes live again.

/** Both clocks at one moment. */
export interface ClockReading {
  /** Milliseconds since the Unix epoch, by the system's clock. */
  readonly wallMs: number;
  /**
   * Milliseconds since an arbitrary start. This clock is never set, and does not count while the
   * machine sleeps.
   */
  readonly monotonicMs: number;
}

/** How fast time servers may slew a clock without setting it: the limit of Linux (500 ppm). */
const SLEW_PPM_MAX = 500;

/** The reference for the wall clock. Immutable: each look returns a new one. */
export interface ClockWatch {
  /** Wall clock minus monotonic clock, as expected. */
  readonly offsetMs: number;
  readonly lookedAtMs: number;
}

export function watchFrom({ wallMs, monotonicMs }: ClockReading): ClockWatch {
  return { offsetMs: wallMs - monotonicMs, lookedAtMs: monotonicMs };
}

/**
 * Returns how far the wall clock has jumped: 0 when no further than `jumpMaxMs`. A slow correction
 * by a time server is followed; many small steps are not, and add up.
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
