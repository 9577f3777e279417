import { usedAfterMah } from '../physics/cell.ts';
import { gainedSeconds } from '../physics/crystal.ts';
import { SECONDS_A_YEAR } from '../physics/source.ts';
import type { Weather } from '../physics/weather.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { InstantMs } from '../time/instant.ts';
import { isBusPowered, type Physical } from './physical.ts';

/** What stays the same over a span: the weather, the load, and whether the clock has power. */
export interface Steady {
  readonly weather: Weather;
  readonly loadMicroamps: number;
  /** The load of the program that a returning supply would wake. */
  readonly wakingMicroamps: number;
  readonly isPowered: boolean;
}

/**
 * Returns the body of a token after a span of steady life, in closed form: a decade costs what a
 * second does.
 */
export function letTimePass(
  physical: Physical,
  profile: DeviceProfile,
  { weather, loadMicroamps, isPowered }: Steady,
  from: InstantMs,
  until: InstantMs,
): Physical {
  const exposure = weather.exposure(from, until);
  const cellMicroamps = isBusPowered(physical, profile) ? 0 : loadMicroamps;
  return {
    ...physical,
    tempCelsius: weather.celsiusAt(until),
    usedMah: usedAfterMah(physical.cell, physical.usedMah, cellMicroamps, exposure.hours, exposure.selfDischargeHours),
    heatDose: physical.heatDose + exposure.heatDose,
    overheatedShare: physical.overheatedShare + exposure.overheatedShare,
    forgottenShare: physical.forgottenShare + exposure.forgottenShare,
    clockMs: physical.clockMs + (isPowered ? until - from : 0),
    gainedSeconds:
      physical.gainedSeconds + (isPowered ? gainedSeconds(physical.crystal, exposure, ageYears(physical, from)) : 0),
  };
}

/** Returns when the program of a token ends by its date, in epoch ms; never for most kinds. */
export function lastDayMs({ madeAt }: Physical, { life }: DeviceProfile): number {
  const years = life.shut_off_years;
  return years === 0 ? Number.POSITIVE_INFINITY : Math.ceil(madeAt + years * SECONDS_A_YEAR * 1_000);
}

/** Returns the age of a token, in Julian years. */
export function ageYears({ madeAt }: Physical, now: InstantMs): number {
  return Math.max(0, now - madeAt) / 1_000 / SECONDS_A_YEAR;
}
