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
  readonly supplyVolts: number;
  readonly tempCelsius: number;
  /** Since the text was written. */
  readonly sinceSeconds: number;
}

/** One segment, 0 clear to 1 black. */
export interface SegmentView {
  readonly segment: Segment;
  readonly darkness: number;
}

/** Time constant of a segment turning dark, or clear again. */
export function turnSeconds(tempCelsius: number, which: 'rise' | 'fall'): number {
  const coldSeconds = which === 'rise' ? RISE_AT_MINUS_30_C_S : FALL_AT_MINUS_30_C_S;
  const perCelsius = Math.log(coldSeconds / TIME_AT_25_C_S) / 55;
  return TIME_AT_25_C_S * Math.exp(perCelsius * (25 - tempCelsius));
}

/** Of a segment that is driven, when it has settled. */
export function contrast(supplyVolts: number): number {
  return between((supplyVolts - FAINTEST_V) / (FULL_V - FAINTEST_V));
}

/** Of a segment that is not driven. */
export function background(tempCelsius: number): number {
  return between((tempCelsius - HOT_FROM_C) / (BLACK_FROM_C - HOT_FROM_C));
}

/** How dark a driven segment is by now. */
export function litDarkness({ supplyVolts, tempCelsius, sinceSeconds }: Drive): number {
  const settled = 1 - Math.exp(-sinceSeconds / turnSeconds(tempCelsius, 'rise'));
  return Math.max(background(tempCelsius), contrast(supplyVolts) * settled);
}

/** How dark a segment still is that was clear to be. */
export function fadedDarkness({ supplyVolts, tempCelsius, sinceSeconds }: Drive): number {
  const left = Math.exp(-sinceSeconds / turnSeconds(tempCelsius, 'fall'));
  return Math.max(background(tempCelsius), contrast(supplyVolts) * left);
}

/** A digit as it is, with segments that do not work (never dark) left out. */
export function digitOf(character: string, drive: Drive, dead: readonly Segment[]): SegmentView[] {
  const wanted = segmentsOf(character);
  return SEGMENTS.map((segment) => {
    const isLit = wanted.includes(segment) && !dead.includes(segment);
    return { segment, darkness: isLit ? litDarkness(drive) : background(drive.tempCelsius) };
  });
}

function between(value: number): number {
  return Math.min(1, Math.max(0, value));
}
