// Where a token spends its days, as a temperature per hour. The figures of the places are
// assumptions; their effect on crystal and cell is not.
import { HOURS_A_YEAR } from './source.ts';

/** A place: the year's and the day's swing around a mean. */
export interface Climate {
  readonly meanCelsius: number;
  readonly yearSwingCelsius: number;
  readonly daySwingCelsius: number;
}

export const CLIMATE_NAMES = ['laboratory', 'office', 'pocket', 'garage', 'car', 'tropics'] as const;
export type ClimateName = (typeof CLIMATE_NAMES)[number];

export const CLIMATES: Readonly<Record<ClimateName, Climate>> = {
  laboratory: { meanCelsius: 25, yearSwingCelsius: 0, daySwingCelsius: 0 },
  office: { meanCelsius: 22, yearSwingCelsius: 2, daySwingCelsius: 2 },
  pocket: { meanCelsius: 26, yearSwingCelsius: 2, daySwingCelsius: 5 },
  garage: { meanCelsius: 10, yearSwingCelsius: 15, daySwingCelsius: 4 },
  car: { meanCelsius: 22, yearSwingCelsius: 14, daySwingCelsius: 16 },
  tropics: { meanCelsius: 31, yearSwingCelsius: 2, daySwingCelsius: 4 },
};

/** Warmest in mid-July (northern hemisphere), at three in the afternoon. */
const WARMEST_DAY = 196;
const WARMEST_HOUR = 15;

/** @param hours since the beginning of a year */
export function temperatureCelsius({ meanCelsius, yearSwingCelsius, daySwingCelsius }: Climate, hours: number): number {
  const ofYear = (hours - WARMEST_DAY * 24) / HOURS_A_YEAR;
  const ofDay = (hours - WARMEST_HOUR) / 24;
  return (
    meanCelsius + yearSwingCelsius * Math.cos(2 * Math.PI * ofYear) + daySwingCelsius * Math.cos(2 * Math.PI * ofDay)
  );
}
