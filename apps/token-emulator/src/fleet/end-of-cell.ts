import { HYSTERESIS_V } from '../device/next-turn.ts';
import { type Cell, cellOf, terminalDepth } from '../physics/cell.ts';
import { type Climate, temperatureCelsius } from '../physics/climate.ts';
import { HOUR_MS } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { hoursOfPeriod } from './course-of-place.ts';
import type { FleetPlan } from './fleet-plan.ts';

/** Depths of discharge under one load, and the least of them all. */
interface Depths {
  readonly loadMicroamps: number;
  readonly ofHour: Float64Array;
  readonly least: number;
}

/**
 * Until which depth of discharge a kind of cell carries a program in a place, hour by hour. Usual
 * loads are looked up, others worked out.
 */
export class EndOfCell {
  readonly #plan: FleetPlan;
  readonly #climate: Climate;
  readonly #cell: Cell;
  readonly #brownoutVolts: number;
  readonly #coldestCelsius: number;
  readonly #usual: readonly Depths[];

  constructor(plan: FleetPlan, climate: Climate, { battery }: DeviceProfile, usualMicroamps: readonly number[]) {
    this.#plan = plan;
    this.#climate = climate;
    this.#cell = cellOf(battery.cell);
    this.#brownoutVolts = battery.brownout_V;
    const celsius = hoursOfPeriod(plan, climate);
    this.#coldestCelsius = celsius.reduce((coldest, one) => Math.min(coldest, one), Number.POSITIVE_INFINITY);
    this.#usual = [...new Set(usualMicroamps)].map((loadMicroamps) => this.#depths(celsius, loadMicroamps));
  }

  /** Returns the depth at which the supply falls below the brown-out in an hour of the plan. */
  depthAt(hour: number, loadMicroamps: number): number {
    const known = this.#usual.find((usual) => usual.loadMicroamps === loadMicroamps);
    if (known === undefined) return this.#depth(this.celsiusAt(hour), loadMicroamps, this.#brownoutVolts);
    return known.ofHour[hour % known.ofHour.length] as number;
  }

  /** Returns a depth that the one of no hour is below. */
  leastDepth(loadMicroamps: number): number {
    const known = this.#usual.find((usual) => usual.loadMicroamps === loadMicroamps);
    return known?.least ?? this.#depth(this.#coldestCelsius, loadMicroamps, this.#brownoutVolts);
  }

  /** Returns the depth up to which a program that has lost its power wakes up again at once. */
  wakingDepthAt(hour: number, loadMicroamps: number): number {
    return this.#depth(this.celsiusAt(hour), loadMicroamps, this.#brownoutVolts + HYSTERESIS_V);
  }

  celsiusAt(hour: number): number {
    return temperatureCelsius(this.#climate, this.#plan.start / HOUR_MS + hour);
  }

  #depths(celsius: readonly number[], loadMicroamps: number): Depths {
    const ofHour = Float64Array.from(celsius, (one) => this.#depth(one, loadMicroamps, this.#brownoutVolts));
    return { loadMicroamps, ofHour, least: ofHour.reduce((least, one) => Math.min(least, one), 1) };
  }

  #depth(celsius: number, loadMicroamps: number, volts: number): number {
    return terminalDepth(this.#cell, celsius, loadMicroamps, volts);
  }
}
