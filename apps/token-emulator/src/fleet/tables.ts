import { loadMicroamps, rollingMicroamps } from '../device/load.ts';
import { SHELF_C } from '../device/new-device.ts';
import { ROOM_C } from '../device/physical.ts';
import { cellOf, terminalDepth } from '../physics/cell.ts';
import { agedSecondsPerPpm } from '../physics/crystal.ts';
import type { Exposure } from '../physics/exposure.ts';
import { HOUR_MS, HOURS_A_YEAR } from '../physics/source.ts';
import { weatherOf } from '../physics/weather.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { type CourseOfPlace, courseOf, overheatedIn } from './course-of-place.ts';
import { EndOfCell } from './end-of-cell.ts';
import { type FleetPlan, hoursOf, type Lot } from './fleet-plan.ts';
import { CODE_PERIOD_S, type LoginCharges, loginCharges } from './log-in.ts';
import type { SumsByHour } from './sums-by-hour.ts';

/** The steady loads of a kind of token, in µA. */
export interface Loads {
  /** In its sleep; of an always-on token, with its glass and its wake-ups. */
  readonly steady: number;
  readonly lit: number;
  /** Just after a loss of power. */
  readonly waking: number;
}

/** What all tokens of a lot have in common, per place and usage. Built once in each worker. */
export interface LotTables {
  readonly profile: DeviceProfile;
  readonly shelfYears: number;
  /** What the shelf does to a token before its issue. */
  readonly shelf: Exposure;
  /** The depth of discharge until which a cell carries the shelf and the writing of the seed. */
  readonly issueDepth: number;
  readonly loads: Loads;
  readonly lastAgeYears: number;
  /** Seconds that aging of 1 ppm has added since the factory, for each hour after the issue. */
  readonly agedSeconds: Float64Array;
  readonly courses: readonly CourseOfPlace[];
  /** By place: the share of the heat beyond its storage range that ends a token. */
  readonly overheated: readonly SumsByHour[];
  readonly ends: readonly EndOfCell[];
  /** By usage. */
  readonly logins: readonly LoginCharges[];
}

export function tablesOf(plan: FleetPlan): readonly LotTables[] {
  const made = new Map<string, unknown>();
  /** Lots that differ in nothing that matters share a table. */
  const once: Once = (key, make) => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known as ReturnType<typeof make>;
  };
  return plan.lots.map((lot) => lotTables(plan, lot, once));
}

type Once = <T>(key: string, make: () => T) => T;

function lotTables(plan: FleetPlan, { profile }: Lot, once: Once): LotTables {
  const { battery, body, life } = profile;
  const shelfHours = Math.round((battery.shelf_months / 12) * HOURS_A_YEAR * HOUR_MS) / HOUR_MS;
  const loads = loadsOf(profile);
  const usual = [loads.steady, loads.lit];
  const heat = body.storage_C.max;
  const cell = [battery.cell, battery.brownout_V, ...usual].join(' ');
  return {
    profile,
    shelfYears: shelfHours / HOURS_A_YEAR,
    shelf: weatherOf(SHELF_C, heat).exposure(0, shelfHours * HOUR_MS),
    issueDepth: issueDepth(profile),
    loads,
    lastAgeYears: life.shut_off_years === 0 ? Number.POSITIVE_INFINITY : life.shut_off_years,
    agedSeconds: once(`aged ${shelfHours}`, () => agedSecondsOf(plan, shelfHours / HOURS_A_YEAR)),
    courses: plan.places.map(({ climate }, i) => once(`course ${i}`, () => courseOf(plan, climate))),
    overheated: plan.places.map(({ climate }, i) =>
      once(`overheated ${i} ${heat}`, () => overheatedIn(plan, climate, heat)),
    ),
    ends: plan.places.map(({ climate }, i) =>
      once(`end ${i} ${cell}`, () => new EndOfCell(plan, climate, profile, usual)),
    ),
    logins: plan.usages.map(({ pressesPerLogin }) => loginCharges(profile, pressesPerLogin)),
  };
}

function issueDepth({ battery, load, storage }: DeviceProfile): number {
  const depth = (celsius: number, microamps: number) =>
    terminalDepth(cellOf(battery.cell), celsius, microamps, battery.brownout_V);
  const writing = storage.seed_in === 'eeprom' ? depth(ROOM_C, load.write_uA) : 1;
  return Math.min(depth(SHELF_C, load.sleep_uA), writing);
}

function loadsOf(profile: DeviceProfile): Loads {
  const idle = { leakMicroamps: 0, isButtonStuck: false, buttonDownAt: undefined };
  const [dark, lit] = [loadMicroamps('dark', idle, profile), loadMicroamps('showing', idle, profile)];
  if (!profile.display.always_on) return { steady: dark, lit, waking: dark };
  const steady = lit + rollingMicroamps(profile, CODE_PERIOD_S);
  return { steady, lit: steady, waking: lit };
}

function agedSecondsOf(plan: FleetPlan, shelfYears: number): Float64Array {
  return Float64Array.from({ length: hoursOf(plan) + 1 }, (_, hour) =>
    agedSecondsPerPpm(shelfYears + hour / HOURS_A_YEAR),
  );
}
