// A twisted-nematic segment glass: how dark a segment is, given its voltage, temperature and the time since it was
// switched. docs/physics.md, "The glass".
import { SEGMENTS, type Segment, segmentsOf } from './segments.ts';

/** 80 ms at 25 °C: A for the order of it. */
const TIME_AT_25_C_S = 0.08;
/** 55 % dark 8 s after switching on at −30 °C: B. The law between the two points: assumption. */
const RISE_AT_MINUS_30_C_S = 8 / -Math.log(1 - 0.55);
/** Gone 3.5 s after switching off at −30 °C (B), taken as three time constants: assumption. */
const FALL_AT_MINUS_30_C_S = 3.5 / 3;
/** Below the first nothing is seen, above the second all: around the 2.4 V of a drive without a pump. Assumption. */
const FAINTEST_V = 2.1;
const FULL_V = 2.6;
/** The whole glass turns dark in the heat: B. Where: assumption, 70 °C in the middle. */
const HOT_FROM_C = 65;
const BLACK_FROM_C = 78;
/** Darker than this a person takes a segment for lit; between the two they guess. Assumption. */
export const SEEN_FROM = 0.3;
export const GUESSED_FROM = 0.15;

/** What the glass is driven with. */
export interface Drive {
  readonly supply_V: number;
  readonly temp_C: number;
  /** Since the text was written. */
  readonly since_s: number;
}

/** One segment, 0 clear to 1 black. */
export interface Seen {
  readonly segment: Segment;
  readonly darkness: number;
}

/** Time constant of a segment turning dark, or clear again. */
export function turn_s(temp_C: number, which: 'rise' | 'fall'): number {
  const cold_s = which === 'rise' ? RISE_AT_MINUS_30_C_S : FALL_AT_MINUS_30_C_S;
  const per_C = Math.log(cold_s / TIME_AT_25_C_S) / 55;
  return TIME_AT_25_C_S * Math.exp(per_C * (25 - temp_C));
}

/** Of a segment that is driven, when it has settled. */
export function contrast(supply_V: number): number {
  return between((supply_V - FAINTEST_V) / (FULL_V - FAINTEST_V));
}

/** Of a segment that is not driven. */
export function background(temp_C: number): number {
  return between((temp_C - HOT_FROM_C) / (BLACK_FROM_C - HOT_FROM_C));
}

/** How dark a driven segment is by now. */
export function litDarkness({ supply_V, temp_C, since_s }: Drive): number {
  const settled = 1 - Math.exp(-since_s / turn_s(temp_C, 'rise'));
  return Math.max(background(temp_C), contrast(supply_V) * settled);
}

/** How dark a segment still is that was clear to be. */
export function fadedDarkness({ supply_V, temp_C, since_s }: Drive): number {
  const left = Math.exp(-since_s / turn_s(temp_C, 'fall'));
  return Math.max(background(temp_C), contrast(supply_V) * left);
}

/** A digit as it is, with segments that do not work (never dark) left out. */
export function digitOf(character: string, drive: Drive, dead: readonly Segment[]): Seen[] {
  const wanted = segmentsOf(character);
  return SEGMENTS.map((segment) => {
    const is_lit = wanted.includes(segment) && !dead.includes(segment);
    return { segment, darkness: is_lit ? litDarkness(drive) : background(drive.temp_C) };
  });
}

function between(value: number): number {
  return Math.min(1, Math.max(0, value));
}
