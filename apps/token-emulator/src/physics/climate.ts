// Where a token spends its days, as a temperature per hour. The figures of the places are
// assumptions; their effect on crystal and cell is not.
import { HOURS_A_YEAR } from './source.ts';

/** A place: either swings around a mean, or a recorded course that repeats. */
export type Climate = Swings | Course;

/** The year's and the day's swing around a mean. */
export interface Swings {
  readonly meanCelsius: number;
  readonly yearSwingCelsius: number;
  readonly daySwingCelsius: number;
}

/** One temperature an hour, from the first hour of 1970 (UTC) on, over and over. */
export interface Course {
  readonly hourlyCelsius: readonly number[];
}

export const CLIMATE_NAMES = ['laboratory', 'office', 'pocket', 'garage', 'car', 'tropics'] as const;
export type ClimateName = (typeof CLIMATE_NAMES)[number];

export const CLIMATES: Readonly<Record<ClimateName, Swings>> = {
  laboratory: { meanCelsius: 25, yearSwingCelsius: 0, daySwingCelsius: 0 },
  office: { meanCelsius: 22, yearSwingCelsius: 2, daySwingCelsius: 2 },
  pocket: { meanCelsius: 26, yearSwingCelsius: 2, daySwingCelsius: 5 },
  garage: { meanCelsius: 10, yearSwingCelsius: 15, daySwingCelsius: 4 },
  car: { meanCelsius: 22, yearSwingCelsius: 14, daySwingCelsius: 16 },
  tropics: { meanCelsius: 31, yearSwingCelsius: 2, daySwingCelsius: 4 },
};

/** Returns a named place itself for its values, such as those in a file: its tables are there. */
export function knownClimate(climate: Climate): Climate {
  const known = Object.values(CLIMATES).find((one) => JSON.stringify(one) === JSON.stringify(climate));
  return known ?? climate;
}

/** Warmest in mid-July (northern hemisphere), at three in the afternoon. */
const WARMEST_DAY = 196;
const WARMEST_HOUR = 15;
/** A year of 365.25 days and a day meet again after four years. */
const SWINGS_PERIOD_HOURS = 4 * HOURS_A_YEAR;

/** Returns after how many hours the temperatures of a climate repeat. */
export function periodHours(climate: Climate): number {
  return 'hourlyCelsius' in climate ? climate.hourlyCelsius.length : SWINGS_PERIOD_HOURS;
}

/** @param hour whole hours since the beginning of 1970, not negative */
export function temperatureCelsius(climate: Climate, hour: number): number {
  if ('hourlyCelsius' in climate) return climate.hourlyCelsius[hour % climate.hourlyCelsius.length] ?? Number.NaN;
  const { meanCelsius, yearSwingCelsius, daySwingCelsius } = climate;
  const ofYear = (hour - WARMEST_DAY * 24) / HOURS_A_YEAR;
  const ofDay = (hour - WARMEST_HOUR) / 24;
  return (
    meanCelsius + yearSwingCelsius * Math.cos(2 * Math.PI * ofYear) + daySwingCelsius * Math.cos(2 * Math.PI * ofDay)
  );
}
