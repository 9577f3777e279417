// The next moment at which a token's body changes its program by itself: the cell is empty or
// recovers, heat ends it, or its last day has come. Solved, not looked for in steps, so that a life
// does not depend on how its time is cut. docs/explanation/physics.md, "A life in closed form".
import type { DeviceProfile } from '../profile/device-profile.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import { lastDayMs, letTimePass, type Steady } from './let-time-pass.ts';
import { hasDeadCell, isOverheated, type Physical, supplyVolts } from './physical.ts';

/**
 * How far a returning supply must exceed the brown-out, under the load of the program that it
 * wakes: a supply that cannot carry it would fall at once, and the power would flicker.
 */
export const HYSTERESIS_V = 0.1;

/** A steady life from a moment on. */
export interface Life extends Steady {
  readonly physical: Physical;
  readonly profile: DeviceProfile;
  readonly from: InstantMs;
}

/** Returns the first turn after `now` and not after `until`, in whole ms; else undefined. */
export function nextTurn(life: Life, now: InstantMs, until: InstantMs): InstantMs | undefined {
  const turns = [endByHeat(life, now, until), endByDate(life, now, until), turnOfSupply(life, now, until)];
  const found = turns.filter((turn) => turn !== undefined);
  return found.length === 0 ? undefined : instant(Math.min(...found));
}

/** Heat ends the cell or the token. What has ended already does not end again. */
function endByHeat(life: Life, now: InstantMs, until: InstantMs): InstantMs | undefined {
  const before = bodyAt(life, now);
  const ends = [hasDeadCell, isOverheated].filter((hasEnded) => !hasEnded(before));
  return firstAt(now, until, (at) => ends.some((hasEnded) => hasEnded(bodyAt(life, at))));
}

function endByDate({ physical, profile }: Life, now: InstantMs, until: InstantMs): InstantMs | undefined {
  const endsAt = lastDayMs(physical, profile);
  return endsAt > now && endsAt <= until ? instant(endsAt) : undefined;
}

/** The supply falls below the brown-out, or returns above it. */
function turnOfSupply(life: Life, now: InstantMs, until: InstantMs): InstantMs | undefined {
  return life.isPowered ? whenSupplyFalls(life, now, until) : whenSupplyReturns(life, now, until);
}

/**
 * The charge only falls. Until it is too low for the coldest hour of all, no hour is looked at by
 * itself; from then on, each is.
 */
function whenSupplyFalls(life: Life, now: InstantMs, until: InstantMs): InstantMs | undefined {
  const { brownout_V: brownoutVolts } = life.profile.battery;
  const { coldestCelsius } = life.weather;
  const mayFall = firstAt(now, until, (at) => voltsAt(life, at, coldestCelsius) < brownoutVolts);
  if (mayFall === undefined) return undefined;
  return hourByHour(life, mayFall, until, (at, celsius) => voltsAt(life, at, celsius) < brownoutVolts);
}

/** Without power the charge falls, too: a supply that is too low in the warmest hour is gone. */
function whenSupplyReturns(life: Life, now: InstantMs, until: InstantMs): InstantMs | undefined {
  const enoughVolts = life.profile.battery.brownout_V + HYSTERESIS_V;
  const isEnough = (at: InstantMs, celsius: number) => wakingVoltsAt(life, at, celsius) >= enoughVolts;
  if (!isEnough(now, life.weather.warmestCelsius)) return undefined;
  return hourByHour(life, instant(now + 1), until, isEnough);
}

/** Returns the first moment for which `isThere` holds; within an hour it begins to hold once. */
function hourByHour(
  { weather }: Life,
  from: InstantMs,
  until: InstantMs,
  isThere: (at: InstantMs, celsius: number) => boolean,
): InstantMs | undefined {
  for (let start = from; start <= until; start = instant(Math.min(weather.changesAt(start), until + 1))) {
    const celsius = weather.celsiusAt(start);
    if (isThere(start, celsius)) return start;
    const end = instant(Math.min(until, weather.changesAt(start) - 1));
    const found = firstAt(start, end, (at) => isThere(at, celsius));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the first ms in `(from, until]` for which a condition holds that never ends again. */
function firstAt(from: InstantMs, until: InstantMs, holds: (at: InstantMs) => boolean): InstantMs | undefined {
  if (until <= from || !holds(until)) return undefined;
  let [before, at] = [from as number, until as number];
  while (at - before > 1) {
    const middle = before + Math.floor((at - before) / 2);
    if (holds(instant(middle))) at = middle;
    else before = middle;
  }
  return instant(at);
}

function voltsAt(life: Life, at: InstantMs, tempCelsius: number): number {
  return supplyVolts({ ...bodyAt(life, at), tempCelsius }, life.profile, life.loadMicroamps);
}

function wakingVoltsAt(life: Life, at: InstantMs, tempCelsius: number): number {
  return supplyVolts({ ...bodyAt(life, at), tempCelsius }, life.profile, life.wakingMicroamps);
}

function bodyAt(life: Life, at: InstantMs): Physical {
  return letTimePass(life.physical, life.profile, life, life.from, at);
}
