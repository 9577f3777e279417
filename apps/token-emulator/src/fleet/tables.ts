import { awakeMah, loadMicroamps, rollingMicroamps } from '../device/load.ts';
import { SHELF_C } from '../device/new-device.ts';
import { agedIntegral } from '../physics/crystal.ts';
import { HOURS_A_YEAR, SECONDS_A_YEAR } from '../physics/source.ts';
import { weatherOf } from '../physics/weather.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { type CourseOfPlace, courseOf, type EndOfCell, endOfCell, hoursOf } from './course-of-place.ts';
import type { FleetPlan, Lot, Usage } from './fleet-plan.ts';

const HOURS_A_DAY = 24;
/** The period of the codes: that of a laboratory's own seeds. */
const CODE_PERIOD_S = 60;

/** What the shelf does to a token: °C·h, °C²·h, self-discharge hours, and its harm by heat. */
interface Shelf {
  readonly celsius: number;
  readonly squareCelsius: number;
  readonly selfDischarge: number;
  readonly heatDose: number;
  readonly overheatedShare: number;
}

/** What all tokens of a lot have in common, per place and usage. Built once in each worker. */
export interface LotTables {
  readonly profile: DeviceProfile;
  readonly shelfHours: number;
  readonly shelfYears: number;
  readonly shelf: Shelf;
  readonly steadyMicroamps: number;
  /** The charge of one press: the program awake, and its code on the glass, mAh. */
  readonly pressMah: number;
  readonly lastAgeYears: number;
  /**
   * Seconds that aging of 1 ppm has added since the factory, for each hour of age after the issue.
   */
  readonly agedSeconds: Float64Array;
  readonly courses: readonly CourseOfPlace[];
  readonly ends: readonly EndOfCell[];
}

export function tablesOf(plan: FleetPlan): readonly LotTables[] {
  const courses = new Map<string, CourseOfPlace>();
  return plan.lots.map((lot) => lotTables(plan, lot, courses));
}

function lotTables(plan: FleetPlan, { profile }: Lot, courses: Map<string, CourseOfPlace>): LotTables {
  const { battery, body, life, load } = profile;
  const shelfYears = battery.shelf_months / 12;
  const shelfHours = Math.round(shelfYears * HOURS_A_YEAR * 3_600_000) / 3_600_000;
  const shelf = weatherOf(SHELF_C, body.storage_C.max).exposure(0, shelfHours * 3_600_000);
  const steadyMicroamps = steadyLoad(profile);
  return {
    profile,
    shelfHours,
    shelfYears: shelfHours / HOURS_A_YEAR,
    shelf: {
      celsius: shelf.celsiusHours,
      squareCelsius: shelf.squareCelsiusHours,
      selfDischarge: shelf.selfDischargeHours,
      heatDose: shelf.heatDose,
      overheatedShare: shelf.overheatedShare,
    },
    steadyMicroamps,
    pressMah: profile.display.always_on
      ? 0
      : awakeMah(profile, false) + (load.display_uA * onSeconds(profile)) / 3_600 / 1_000,
    lastAgeYears: life.shut_off_years === 0 ? Number.POSITIVE_INFINITY : life.shut_off_years,
    agedSeconds: agedSecondsOf(plan, shelfHours / HOURS_A_YEAR),
    courses: plan.places.map(({ climate }, place) => {
      const key = `${place} ${body.storage_C.max}`;
      const course = courses.get(key) ?? courseOf(plan, climate, body.storage_C.max);
      courses.set(key, course);
      return course;
    }),
    ends: plan.places.map(({ climate }) => endOfCell(plan, climate, profile, steadyMicroamps)),
  };
}

/** A glass that goes dark with the code's step is lit for half a step in the mean. */
function onSeconds({ display }: DeviceProfile): number {
  return display.ends === 'end-of-step' ? CODE_PERIOD_S / 2 : display.auto_off_s;
}

function steadyLoad(profile: DeviceProfile): number {
  const idle = { leakMicroamps: 0, isButtonStuck: false, buttonDownAt: undefined };
  if (!profile.display.always_on) return loadMicroamps('dark', idle, profile);
  return loadMicroamps('showing', idle, profile) + rollingMicroamps(profile, CODE_PERIOD_S);
}

function agedSecondsOf(plan: FleetPlan, shelfYears: number): Float64Array {
  return Float64Array.from(
    { length: hoursOf(plan) + 1 },
    (_, hour) => agedIntegral(shelfYears + hour / HOURS_A_YEAR) * SECONDS_A_YEAR,
  );
}

/** Log-ins happen at ten in the morning, every so many days from the start of the plan. */
export const LOGIN_HOUR = 10;

/** The columns of a place at the hours of the log-ins, close together for the innermost loop. */
export interface Grid {
  readonly stepHours: number;
  readonly count: number;
  readonly hour: Float64Array;
  readonly celsiusHours: Float64Array;
  readonly squareCelsiusHours: Float64Array;
}

export function gridOf(plan: FleetPlan, usage: Usage, course: CourseOfPlace): Grid {
  const stepHours = usage.loginEveryDays * HOURS_A_DAY;
  const count = Math.max(0, Math.floor((hoursOf(plan) - 1 - LOGIN_HOUR) / stepHours) + 1);
  const hour = Float64Array.from({ length: count }, (_, i) => LOGIN_HOUR + i * stepHours);
  const at = (column: Float64Array) => hour.map((one) => column[one] ?? 0);
  return {
    stepHours,
    count,
    hour,
    celsiusHours: at(course.celsiusHours),
    squareCelsiusHours: at(course.squareCelsiusHours),
  };
}
