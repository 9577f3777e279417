// Where a token spends its days, as a temperature an hour. The places' figures are assumptions; what the crystal and the
// cell make of them is not.
import { HOURS_A_YEAR } from './source.ts';

/** A place: the year's and the day's swing around a mean. */
export interface Climate {
  readonly mean_C: number;
  readonly year_swing_C: number;
  readonly day_swing_C: number;
}

export const CLIMATE_NAMES = ['laboratory', 'office', 'pocket', 'garage', 'car', 'tropics'] as const;
export type ClimateName = (typeof CLIMATE_NAMES)[number];

export const CLIMATES: Readonly<Record<ClimateName, Climate>> = {
  laboratory: { mean_C: 25, year_swing_C: 0, day_swing_C: 0 },
  office: { mean_C: 22, year_swing_C: 2, day_swing_C: 2 },
  pocket: { mean_C: 26, year_swing_C: 2, day_swing_C: 5 },
  garage: { mean_C: 10, year_swing_C: 15, day_swing_C: 4 },
  car: { mean_C: 22, year_swing_C: 14, day_swing_C: 16 },
  tropics: { mean_C: 31, year_swing_C: 2, day_swing_C: 4 },
};

/** Warmest in mid-July of the north, and at three in the afternoon. */
const WARMEST_DAY = 196;
const WARMEST_HOUR = 15;

/** @param hours since the beginning of a year */
export function temperature_C({ mean_C, year_swing_C, day_swing_C }: Climate, hours: number): number {
  const of_year = (hours - WARMEST_DAY * 24) / HOURS_A_YEAR;
  const of_day = (hours - WARMEST_HOUR) / 24;
  return mean_C + year_swing_C * Math.cos(2 * Math.PI * of_year) + day_swing_C * Math.cos(2 * Math.PI * of_day);
}
