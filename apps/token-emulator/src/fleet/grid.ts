import { HOURS_A_MONTH } from '../physics/source.ts';
import type { CourseOfPlace } from './course-of-place.ts';
import { type FleetPlan, hoursOf, type Usage } from './fleet-plan.ts';
import { LOGIN_HOUR } from './log-in.ts';

const HOURS_A_DAY = 24;

/** The hours of a usage's log-ins, from the start of the plan, and the month of each. */
export interface Grid {
  readonly stepHours: number;
  readonly count: number;
  readonly hour: Float64Array;
  readonly month: Int32Array;
}

/** The columns of a place at the hours of a grid, close together for the innermost loop. */
export interface GridWeather {
  readonly celsiusHours: Float64Array;
  readonly squareCelsiusHours: Float64Array;
}

export function gridOf(plan: FleetPlan, usage: Usage): Grid {
  const stepHours = usage.loginEveryDays * HOURS_A_DAY;
  const count = Math.max(0, Math.floor((hoursOf(plan) - 1 - LOGIN_HOUR) / stepHours) + 1);
  const hour = Float64Array.from({ length: count }, (_, i) => LOGIN_HOUR + i * stepHours);
  return { stepHours, count, hour, month: Int32Array.from(hour, (one) => Math.floor(one / HOURS_A_MONTH)) };
}

export function weatherOnGrid({ hour }: Grid, { celsiusHours, squareCelsiusHours }: CourseOfPlace): GridWeather {
  return {
    celsiusHours: hour.map((one) => celsiusHours.before(one)),
    squareCelsiusHours: hour.map((one) => squareCelsiusHours.before(one)),
  };
}

/** Index of the first log-in at or after an hour. */
export function loginFrom({ stepHours, count }: Grid, hour: number): number {
  return Math.min(count, Math.max(0, Math.ceil((hour - LOGIN_HOUR) / stepHours)));
}
