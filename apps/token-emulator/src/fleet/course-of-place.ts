import { type Climate, periodHours, temperatureCelsius } from '../physics/climate.ts';
import { exposureOfHour } from '../physics/exposure.ts';
import { overheatedShare } from '../physics/overheating.ts';
import { HOUR_MS } from '../physics/source.ts';
import { type FleetPlan, hoursOf } from './fleet-plan.ts';
import { SumsByHour } from './sums-by-hour.ts';

/** What a place does to any token, from the start of a plan: columns of the device's weather. */
export interface CourseOfPlace {
  readonly celsiusHours: SumsByHour;
  readonly squareCelsiusHours: SumsByHour;
  readonly selfDischargeHours: SumsByHour;
  readonly heatDose: SumsByHour;
}

export function courseOf(plan: FleetPlan, climate: Climate): CourseOfPlace {
  // The last column, heat beyond the storage range, differs between kinds of tokens.
  const hours = hoursOfPeriod(plan, climate).map((celsius) => exposureOfHour(celsius, Number.POSITIVE_INFINITY));
  const column = (at: number) => new SumsByHour(hours.map((hour) => hour[at] as number));
  return { celsiusHours: column(0), squareCelsiusHours: column(1), selfDischargeHours: column(2), heatDose: column(3) };
}

/** The heat of a place beyond a storage range; most places have none. */
export function overheatedIn(plan: FleetPlan, climate: Climate, storageMaxCelsius: number): SumsByHour {
  const hours = hoursOfPeriod(plan, climate).map((celsius) => overheatedShare(celsius, storageMaxCelsius, 1));
  return new SumsByHour(hours.some((one) => one > 0) ? hours : [0]);
}

/** The temperatures of a plan, until they repeat, in °C. */
export function hoursOfPeriod(plan: FleetPlan, climate: Climate): number[] {
  const fromHour = plan.start / HOUR_MS;
  const length = Math.min(hoursOf(plan), periodHours(climate));
  return Array.from({ length }, (_, hour) => temperatureCelsius(climate, fromHour + hour));
}
