import { type Climate, periodHours, temperatureCelsius } from './climate.ts';
import { EXPOSURE_COLUMNS, type Exposure, exposureOf, exposureOfHour } from './exposure.ts';
import { HOUR_MS } from './source.ts';

/** The temperatures around a token, and what any span of them adds up to. Times are epoch ms. */
export interface Weather {
  /** What was asked for: a temperature in °C, or a climate. */
  readonly place: Climate | number;
  readonly coldestCelsius: number;
  readonly warmestCelsius: number;
  /** Each hour has one temperature. */
  celsiusAt(atMs: number): number;
  /** When the temperature may change next; never for a steady one. */
  changesAt(afterMs: number): number;
  exposure(fromMs: number, untilMs: number): Exposure;
}

/** Tables are kept as long as their climate is: a laboratory has a few climates, for years. */
const tables = new WeakMap<Climate, Map<number, Weather>>();

/** @param storageMaxCelsius the end of the token's storage range, beyond which heat harms it */
export function weatherOf(place: Climate | number, storageMaxCelsius: number): Weather {
  if (typeof place === 'number') return steadyWeather(place, storageMaxCelsius);
  const ofClimate = tables.get(place) ?? new Map<number, Weather>();
  tables.set(place, ofClimate);
  const known = ofClimate.get(storageMaxCelsius);
  if (known !== undefined) return known;
  const made = new ClimateWeather(place, storageMaxCelsius);
  ofClimate.set(storageMaxCelsius, made);
  return made;
}

function steadyWeather(tempCelsius: number, storageMaxCelsius: number): Weather {
  const anHour = exposureOfHour(tempCelsius, storageMaxCelsius);
  return {
    place: tempCelsius,
    coldestCelsius: tempCelsius,
    warmestCelsius: tempCelsius,
    celsiusAt: () => tempCelsius,
    changesAt: () => Number.POSITIVE_INFINITY,
    exposure: (fromMs, untilMs) => {
      const hours = (untilMs - fromMs) / HOUR_MS;
      return exposureOf(
        hours,
        anHour.map((one) => one * hours),
      );
    },
  };
}

/** The hours of a climate as prefix sums over one period, so that any span costs the same. */
class ClimateWeather implements Weather {
  readonly place: Climate;
  readonly coldestCelsius: number;
  readonly warmestCelsius: number;
  readonly #hours: number;
  /** Row `h` has the sums of the hours before `h`; the last row is the whole period. */
  readonly #sums: Float64Array;

  constructor(climate: Climate, storageMaxCelsius: number) {
    this.place = climate;
    this.#hours = periodHours(climate);
    this.#sums = new Float64Array((this.#hours + 1) * EXPOSURE_COLUMNS);
    let [coldest, warmest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let hour = 0; hour < this.#hours; hour++) {
      const celsius = temperatureCelsius(climate, hour);
      [coldest, warmest] = [Math.min(coldest, celsius), Math.max(warmest, celsius)];
      exposureOfHour(celsius, storageMaxCelsius).forEach((added, column) => {
        const at = hour * EXPOSURE_COLUMNS + column;
        this.#sums[at + EXPOSURE_COLUMNS] = (this.#sums[at] ?? 0) + added;
      });
    }
    [this.coldestCelsius, this.warmestCelsius] = [coldest, warmest];
  }

  celsiusAt(atMs: number): number {
    return temperatureCelsius(this.place, this.#hourOf(atMs));
  }

  changesAt(afterMs: number): number {
    return (Math.floor(afterMs / HOUR_MS) + 1) * HOUR_MS;
  }

  exposure(fromMs: number, untilMs: number): Exposure {
    const periods = this.#periodOf(untilMs) - this.#periodOf(fromMs);
    const sums = new Float64Array(EXPOSURE_COLUMNS);
    for (let column = 0; column < EXPOSURE_COLUMNS; column++) {
      const whole = periods * (this.#sums[this.#hours * EXPOSURE_COLUMNS + column] ?? 0);
      sums[column] = whole + this.#before(untilMs, column) - this.#before(fromMs, column);
    }
    return exposureOf((untilMs - fromMs) / HOUR_MS, sums);
  }

  /** Returns the sum from the beginning of the period to a moment in it. */
  #before(atMs: number, column: number): number {
    const hour = this.#hourOf(atMs);
    const at = hour * EXPOSURE_COLUMNS + column;
    const before = this.#sums[at] ?? 0;
    return before + ((this.#sums[at + EXPOSURE_COLUMNS] ?? 0) - before) * (atMs / HOUR_MS - Math.floor(atMs / HOUR_MS));
  }

  #hourOf(atMs: number): number {
    return Math.floor(atMs / HOUR_MS) - this.#periodOf(atMs) * this.#hours;
  }

  #periodOf(atMs: number): number {
    return Math.floor(atMs / HOUR_MS / this.#hours);
  }
}
