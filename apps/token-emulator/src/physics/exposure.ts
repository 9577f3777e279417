// What a span of weather does to a token's parts, as sums over its hours. Every part adds up
// linearly, so that the sums of two spans are the sums of the whole: docs/explanation/physics.md,
// "A life in closed form".

import { selfDischargeFactor } from './cell.ts';
import { heatDose } from './cell-heat.ts';
import { forgottenShare } from './memory.ts';
import { overheatedShare } from './overheating.ts';

/** The columns of a table of weather; `T` is the temperature in °C. */
export const EXPOSURE_COLUMNS = 6;

/** Sums over a span. */
export interface Exposure {
  readonly hours: number;
  /** Sum of T, °C·h. */
  readonly celsiusHours: number;
  /** Sum of T², °C²·h: with the one above, the parabola of any crystal. */
  readonly squareCelsiusHours: number;
  /** Hours at 25 °C that would discharge a cell by itself as much. */
  readonly selfDischargeHours: number;
  readonly heatDose: number;
  readonly forgottenShare: number;
  /** Share of the heat beyond the storage range that ends a token. */
  readonly overheatedShare: number;
}

/** Returns what one hour at this temperature adds, in the order of the columns. */
export function exposureOfHour(tempCelsius: number, storageMaxCelsius: number): readonly number[] {
  return [
    tempCelsius,
    tempCelsius ** 2,
    selfDischargeFactor(tempCelsius),
    heatDose(tempCelsius, 1),
    forgottenShare(tempCelsius, 1),
    overheatedShare(tempCelsius, storageMaxCelsius, 1),
  ];
}

/** @param sums in the order of the columns */
export function exposureOf(hours: number, sums: ArrayLike<number>): Exposure {
  const [at, atSquare, self, heat, forgotten, over] = Array.from(sums) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    hours,
    celsiusHours: at,
    squareCelsiusHours: atSquare,
    selfDischargeHours: self,
    heatDose: heat,
    forgottenShare: forgotten,
    overheatedShare: over,
  };
}
