import { cellOf, terminalDepth } from '../physics/cell.ts';
import { type Climate, periodHours, temperatureCelsius } from '../physics/climate.ts';
import { EXPOSURE_COLUMNS, exposureOfHour } from '../physics/exposure.ts';
import { HOUR_MS, HOURS_A_YEAR } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { FleetPlan } from './fleet-plan.ts';

/**
 * Prefix sums of a climate over all hours of a plan: row `h` has the sums of the hours before `h`.
 * One array a column, so that a token reads only what it needs.
 */
export interface CourseOfPlace {
  readonly celsiusHours: Float64Array;
  readonly squareCelsiusHours: Float64Array;
  readonly selfDischargeHours: Float64Array;
  readonly heatDose: Float64Array;
  readonly overheatedShare: Float64Array;
}

/** Depths of discharge at which a kind of cell no longer carries a program, hour by hour. */
export interface EndOfCell {
  readonly depth: Float64Array;
  readonly leastDepth: number;
  readonly coldestCelsius: number;
}

export function hoursOf({ years }: Pick<FleetPlan, 'years'>): number {
  return Math.ceil(years * HOURS_A_YEAR);
}

export function courseOf(plan: FleetPlan, climate: Climate, storageMaxCelsius: number): CourseOfPlace {
  const anHour = (celsius: number) => exposureOfHour(celsius, storageMaxCelsius);
  const [celsiusHours, squareCelsiusHours, selfDischargeHours, heat, , overheatedShare] = sumsOf(plan, climate, anHour);
  return { celsiusHours, squareCelsiusHours, selfDischargeHours, heatDose: heat, overheatedShare };
}

type Columns = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

/** An hour of the climate's period is worked out once, and its column is added up over the plan. */
function sumsOf(plan: FleetPlan, climate: Climate, anHour: (celsius: number) => readonly number[]): Columns {
  const [hours, from, period] = [hoursOf(plan), plan.start / HOUR_MS, periodHours(climate)];
  const known = Math.min(hours, period);
  const columns = Array.from({ length: EXPOSURE_COLUMNS }, () => new Float64Array(hours + 1)) as Columns;
  for (let hour = 0; hour < known; hour++) {
    anHour(temperatureCelsius(climate, from + hour)).forEach((added, i) => {
      const column = columns[i] as Float64Array;
      column[hour + 1] = (column[hour] as number) + added;
    });
  }
  for (const column of columns) {
    for (let hour = known; hour < hours; hour++) {
      const before = hour % period;
      column[hour + 1] = (column[hour] as number) + ((column[before + 1] as number) - (column[before] as number));
    }
  }
  return columns;
}

export function endOfCell(
  plan: FleetPlan,
  climate: Climate,
  { battery }: DeviceProfile,
  loadMicroamps: number,
): EndOfCell {
  const depth = new Float64Array(hoursOf(plan) + 1);
  const cell = cellOf(battery.cell);
  const period = periodHours(climate);
  let [leastDepth, coldestCelsius] = [1, Number.POSITIVE_INFINITY];
  for (let hour = 0; hour < depth.length; hour++) {
    const celsius = temperatureCelsius(climate, plan.start / HOUR_MS + hour);
    const known =
      hour < period ? terminalDepth(cell, celsius, loadMicroamps, battery.brownout_V) : depth[hour - period];
    depth[hour] = known as number;
    leastDepth = Math.min(leastDepth, known as number);
    coldestCelsius = Math.min(coldestCelsius, celsius);
  }
  return { depth, leastDepth, coldestCelsius };
}
