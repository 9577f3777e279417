// The clock and the charge of one token of a fleet, at any hour for a few multiplications: the same
// sums as the device's (docs/explanation/physics.md, "A life in closed form").
import { awakeMah } from '../device/load.ts';
import type { Parts } from '../device/physical.ts';
import { selfDischargeMicroamps } from '../physics/cell.ts';
import { type Crystal, errorPpm, type SteadyGain, steadyGainOf, steadySeconds } from '../physics/crystal.ts';
import { HOURS_A_YEAR } from '../physics/source.ts';
import type { CourseOfPlace } from './course-of-place.ts';
import { type Grid, type GridWeather, loginFrom } from './grid.ts';
import type { LoginCharge, LoginCharges } from './log-in.ts';
import type { LotTables } from './tables.ts';

/** From an hour on: a load, and a crystal. */
export interface Stretch {
  readonly fromHour: number;
  readonly loadMicroamps: number;
  /** The clock's offset and the charge at the beginning, without the charge of presses. */
  readonly aheadSeconds: number;
  readonly usedMah: number;
  readonly crystal: Crystal;
  readonly gain: SteadyGain;
}

/** What a token's course follows from, besides its parts. */
export interface Surroundings {
  readonly tables: LotTables;
  readonly course: CourseOfPlace;
  readonly grid: Grid;
  readonly weather: GridWeather;
  readonly login: LoginCharges;
  readonly issuedHour: number;
}

export class TokenCourse {
  readonly #parts: Parts;
  readonly #in: Surroundings;
  readonly #selfMicroamps: number;
  readonly #stretches: Stretch[];
  /** Of presses that differ: what each log-in and those before it took, mAh. */
  readonly #pressSums: number[] = [0];
  /** Index of the first log-in in the grid. */
  readonly firstLogin: number;

  constructor(parts: Parts, surroundings: Surroundings) {
    this.#parts = parts;
    this.#in = surroundings;
    this.#selfMicroamps = selfDischargeMicroamps(parts.cell);
    this.firstLogin = loginFrom(surroundings.grid, surroundings.issuedHour);
    this.#stretches = [this.#atIssue()];
  }

  get stretches(): readonly Stretch[] {
    return this.#stretches;
  }

  /** How far the token's clock is ahead at an hour, in seconds. */
  aheadSeconds(hour: number): number {
    const stretch = this.stretchAt(hour);
    return this.#offset(stretch) + this.#gainedBy(hour, stretch);
  }

  /** The charge used by the beginning of an hour, with the presses before it, in mAh. */
  usedMah(hour: number): number {
    const { selfDischargeHours: self } = this.#in.course;
    const { fromHour, usedMah, loadMicroamps } = this.stretchAt(hour);
    const ownHours = self.before(hour) - self.before(fromHour);
    return (
      usedMah + (loadMicroamps * (hour - fromHour) + this.#selfMicroamps * ownHours) / 1_000 + this.#pressesMah(hour)
    );
  }

  /**
   * The charge used when the last code of a log-in goes off the glass, in mAh; undefined without a
   * log-in in that hour.
   */
  usedByLogin(hour: number): number | undefined {
    if (this.#loginsBefore(hour + 1) === this.#loginsBefore(hour)) return undefined;
    const { mah, endsAfterHours } = this.#chargeAt(hour);
    const [before, after] = [this.usedMah(hour), this.usedMah(hour + 1)];
    return before + mah + (after - before - mah) * endsAfterHours;
  }

  /**
   * Writes how far the clock is ahead at each log-in from `from` to before `to`, in seconds: the
   * innermost loop of a fleet, so it is one line over columns.
   */
  writeAhead(into: Float64Array, from: number, to: number): void {
    const { grid, weather, tables, issuedHour } = this.#in;
    const { hour } = grid;
    const { celsiusHours, squareCelsiusHours } = weather;
    const { agedSeconds } = tables;
    const { ageingPpmFirstYear } = this.#parts.crystal;
    let k = from;
    for (let i = 0; i < this.#stretches.length && k < to; i++) {
      const stretch = this.#stretches[i] as Stretch;
      const untilHour = this.#stretches[i + 1]?.fromHour ?? Number.POSITIVE_INFINITY;
      const { perHour, perCelsiusHour, perSquareCelsiusHour } = stretch.gain;
      const offset = this.#offset(stretch);
      for (; k < to && (hour[k] as number) < untilHour; k++) {
        const at = hour[k] as number;
        into[k] =
          offset +
          perHour * at +
          perCelsiusHour * (celsiusHours[k] as number) +
          perSquareCelsiusHour * (squareCelsiusHours[k] as number) +
          ageingPpmFirstYear * (agedSeconds[at - issuedHour] as number);
      }
    }
  }

  /** What a stretch's clock would be ahead at the start of the plan. */
  #offset(stretch: Stretch): number {
    return stretch.aheadSeconds - this.#gainedBy(stretch.fromHour, stretch);
  }

  /** What a clock with a stretch's crystal gains from the start of the plan to an hour. */
  #gainedBy(hour: number, { gain }: Stretch): number {
    const { celsiusHours, squareCelsiusHours } = this.#in.course;
    const sums = {
      hours: hour,
      celsiusHours: celsiusHours.before(hour),
      squareCelsiusHours: squareCelsiusHours.before(hour),
    };
    return steadySeconds(gain, sums) + this.#agedSeconds(hour);
  }

  /** What aging has added since the factory. */
  #agedSeconds(hour: number): number {
    const { tables, issuedHour } = this.#in;
    return this.#parts.crystal.ageingPpmFirstYear * (tables.agedSeconds[hour - issuedHour] as number);
  }

  /** What the shelf has done by the issue; a glass that is always on shows its first code then. */
  #atIssue(): Stretch {
    const { tables, issuedHour } = this.#in;
    const { shelf, profile, loads } = tables;
    const gain = steadyGainOf(this.#parts.crystal);
    const shelfMah = (profile.load.sleep_uA * shelf.hours + this.#selfMicroamps * shelf.selfDischargeHours) / 1_000;
    return {
      fromHour: issuedHour,
      loadMicroamps: loads.steady,
      aheadSeconds: steadySeconds(gain, shelf) + this.#agedSeconds(issuedHour),
      usedMah: shelfMah + this.#wakingMah,
      crystal: this.#parts.crystal,
      gain,
    };
  }

  /** The charge of the code that a glass which is always on shows by itself when it wakes up. */
  get #wakingMah(): number {
    const { profile } = this.#in.tables;
    return profile.display.always_on ? awakeMah(profile, false) : 0;
  }

  /** From an hour on, the crystal has another error. */
  shock(hour: number, shockPpm: number): void {
    const { crystal } = this.stretchAt(hour);
    this.#change(hour, { crystal: { ...crystal, shockPpm: crystal.shockPpm + shockPpm } });
  }

  /** From an hour on, the cell carries more. */
  leak(hour: number, microamps: number): void {
    this.#change(hour, { loadMicroamps: this.stretchAt(hour).loadMicroamps + microamps });
  }

  /** At an hour, the program stands still for a moment: its clock, and its load. */
  standStill(hour: number, forMs: number, tempCelsius: number): void {
    const { tables, issuedHour } = this.#in;
    const { crystal } = this.stretchAt(hour);
    const ppm = errorPpm(crystal, tempCelsius, tables.shelfYears + (hour - issuedHour) / HOURS_A_YEAR);
    const stoodMah = (tables.loads.steady * forMs) / 3_600_000 / 1_000;
    this.#change(hour, {
      aheadSeconds: this.aheadSeconds(hour) - (forMs / 1_000) * (1 + ppm * 1e-6),
      usedMah: this.#usedWithoutPresses(hour) - stoodMah + this.#wakingMah,
    });
  }

  #change(hour: number, by: Partial<Stretch>): void {
    const last = this.stretchAt(hour);
    const gain = by.crystal === undefined ? last.gain : steadyGainOf(by.crystal);
    const [aheadSeconds, usedMah] = [this.aheadSeconds(hour), this.#usedWithoutPresses(hour)];
    this.#stretches.push({ ...last, fromHour: hour, aheadSeconds, usedMah, ...by, gain });
  }

  #usedWithoutPresses(hour: number): number {
    return this.usedMah(hour) - this.#pressesMah(hour);
  }

  /** The charge of the presses before an hour. */
  #pressesMah(hour: number): number {
    const { login, grid } = this.#in;
    const count = this.#loginsBefore(hour);
    if (typeof login !== 'function') return count * login.mah;
    for (let k = this.#pressSums.length - 1; k < count; k++) {
      const { mah } = this.#chargeAt(grid.hour[this.firstLogin + k] as number);
      this.#pressSums.push((this.#pressSums[k] as number) + mah);
    }
    return this.#pressSums[count] as number;
  }

  #chargeAt(hour: number): LoginCharge {
    const { login } = this.#in;
    if (typeof login !== 'function') return login;
    const aheadSeconds = this.aheadSeconds(hour);
    return login({ aheadSeconds, gainedSeconds: this.aheadSeconds(hour + 1) - aheadSeconds });
  }

  /** Log-ins in the hours before this one. */
  #loginsBefore(hour: number): number {
    return Math.max(0, loginFrom(this.#in.grid, hour) - this.firstLogin);
  }

  stretchAt(hour: number): Stretch {
    let i = this.#stretches.length - 1;
    while (i > 0 && (this.#stretches[i] as Stretch).fromHour > hour) i -= 1;
    return this.#stretches[i] as Stretch;
  }
}
