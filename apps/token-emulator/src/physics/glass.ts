// A twisted-nematic segment glass: how dark a segment is, given its voltage, temperature and the
// time since it was switched. docs/explanation/physics.md, "The glass".
import type { Ranges } from './ranges.ts';
import { SEGMENTS, type Segment, segmentsOf } from './segments.ts';

/** 80 ms at 25 °C. Source A for the order of magnitude. */
const TIME_AT_25_C_S = 0.08;
/** 55 % dark 8 s after switching on at −30 °C: B. The law between the two points: assumption. */
const RISE_AT_MINUS_30_C_S = 8 / -Math.log(1 - 0.55);
/** Clear 3.5 s after switching off at −30 °C (B), taken as three time constants: assumption. */
const FALL_AT_MINUS_30_C_S = 3.5 / 3;
/**
 * Nothing is visible below the first voltage, everything above the second: around the 2.4 V of a
 * drive without a charge pump. Assumption.
 */
const FAINTEST_V = 2.1;
const FULL_V = 2.6;
/**
 * The whole glass turns dark in the heat (B), from so far above the operating range to so far above
 * the storage range: 65 to 78 °C for the usual 50 and 70. Assumption.
 */
const HOT_ABOVE_OPERATING_C = 15;
const BLACK_ABOVE_STORAGE_C = 8;
/** So far below the storage range the liquid is solid: nothing turns dark. Assumption. */
const FROZEN_BELOW_STORAGE_C = 25;
/** A person takes a darker segment for lit; between the two values they guess. Assumption. */
export const SEEN_FROM = 0.3;
export const GUESSED_FROM = 0.15;

/** The conditions under which the glass is driven. */
export interface Drive {
  readonly supplyVolts: number;
  readonly tempCelsius: number;
  /** Since the text was written. */
  readonly sinceSeconds: number;
  readonly ranges: Ranges;
}

/** One segment and its darkness, 0 for clear to 1 for black. */
export interface SegmentView {
  readonly segment: Segment;
  readonly darkness: number;
}

/** Returns the time constant of a segment that turns dark, or clear again. */
export function turnSeconds(tempCelsius: number, which: 'rise' | 'fall'): number {
  const coldSeconds = which === 'rise' ? RISE_AT_MINUS_30_C_S : FALL_AT_MINUS_30_C_S;
  const perCelsius = Math.log(coldSeconds / TIME_AT_25_C_S) / 55;
  return TIME_AT_25_C_S * Math.exp(perCelsius * (25 - tempCelsius));
}

/** Returns the darkness of a driven segment that has settled. */
export function contrast(supplyVolts: number): number {
  return between((supplyVolts - FAINTEST_V) / (FULL_V - FAINTEST_V));
}

/** Returns the darkness of a segment that is not driven. */
export function background({ tempCelsius, ranges }: Pick<Drive, 'tempCelsius' | 'ranges'>): number {
  const hotCelsius = ranges.operating_C.max + HOT_ABOVE_OPERATING_C;
  const blackCelsius = Math.max(hotCelsius + 1, ranges.storage_C.max + BLACK_ABOVE_STORAGE_C);
  return between((tempCelsius - hotCelsius) / (blackCelsius - hotCelsius));
}

function isFrozen({ tempCelsius, ranges }: Drive): boolean {
  return tempCelsius < ranges.storage_C.min - FROZEN_BELOW_STORAGE_C;
}

/** Returns how dark a driven segment is by now. */
export function litDarkness(drive: Drive): number {
  if (isFrozen(drive)) return 0;
  const settled = 1 - Math.exp(-drive.sinceSeconds / turnSeconds(drive.tempCelsius, 'rise'));
  return Math.max(background(drive), contrast(drive.supplyVolts) * settled);
}

/** Returns how dark a segment still is after it was switched off. */
export function fadedDarkness(drive: Drive): number {
  const left = Math.exp(-drive.sinceSeconds / turnSeconds(drive.tempCelsius, 'fall'));
  return Math.max(background(drive), contrast(drive.supplyVolts) * left);
}

/** Returns all segments of a digit. A dead segment stays as light as the background. */
export function digitOf(character: string, drive: Drive, dead: readonly Segment[]): SegmentView[] {
  const wanted = segmentsOf(character);
  return SEGMENTS.map((segment) => {
    const isLit = wanted.includes(segment) && !dead.includes(segment);
    return { segment, darkness: isLit ? litDarkness(drive) : background(drive) };
  });
}

function between(value: number): number {
  return Math.min(1, Math.max(0, value));
}
