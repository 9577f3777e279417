// The clock and the charge of one token of a fleet, at any hour for a few multiplications: the same
// sums as the device's (docs/explanation/physics.md, "A life in closed form").
import type { Parts } from '../device/physical.ts';
import { selfDischargeMicroamps } from '../physics/cell.ts';
import type { CourseOfPlace } from './course-of-place.ts';
import type { Grid, LotTables } from './tables.ts';

const SECONDS_PER_PPM_HOUR = 3_600e-6;

/** From an hour on: a load, and a shock of the crystal. */
export interface Stretch {
  readonly fromHour: number;
  readonly loadMicroamps: number;
  /** The clock's offset and the charge at the beginning, without the charge of presses. */
  readonly aheadSeconds: number;
  readonly usedMah: number;
  readonly shockPpm: number;
}

/** What a token's course follows from, besides its parts. */
export interface Surroundings {
  readonly tables: LotTables;
  readonly course: CourseOfPlace;
  readonly grid: Grid;
  readonly pressesPerLogin: number;
  readonly issuedHour: number;
}

export class TokenCourse {
  readonly #parts: Parts;
  readonly #in: Surroundings;
  readonly #selfMicroamps: number;
  readonly #stretches: Stretch[];
  /** Index of the first log-in in the grid. */
  readonly firstLogin: number;

  constructor(parts: Parts, surroundings: Surroundings) {
    const { grid, issuedHour } = surroundings;
    this.#parts = parts;
    this.#in = surroundings;
    this.#selfMicroamps = selfDischargeMicroamps(parts.cell);
    this.firstLogin = Math.max(0, Math.ceil((issuedHour - (grid.hour[0] ?? 0)) / grid.stepHours));
    this.#stretches = [this.#atIssue()];
  }

  get stretches(): readonly Stretch[] {
    return this.#stretches;
  }

  /** How far the token's clock is ahead at an hour, in seconds. */
  aheadSeconds(hour: number): number {
    const stretch = this.stretchAt(hour);
    const { course, tables, issuedHour } = this.#in;
    return stretch.aheadSeconds + this.#gainedSeconds(stretch, course, tables, issuedHour, hour);
  }

  /** The charge used by the beginning of an hour, with the presses before it, in mAh. */
  usedMah(hour: number): number {
    const { selfDischargeHours: self } = this.#in.course;
    const { fromHour, usedMah, loadMicroamps } = this.stretchAt(hour);
    const ownHours = (self[hour] ?? 0) - (self[fromHour] ?? 0);
    return (
      usedMah +
      (loadMicroamps * (hour - fromHour) + this.#selfMicroamps * ownHours) / 1_000 +
      this.#pressesBefore(hour) * this.#in.tables.pressMah
    );
  }

  /**
   * Writes how far the clock is ahead at each log-in from `from` to before `to`, in seconds: the
   * innermost loop of a fleet, so it is one line over columns.
   */
  writeAhead(into: Float64Array, from: number, to: number): void {
    const { grid, tables, issuedHour } = this.#in;
    const { hour, celsiusHours, squareCelsiusHours } = grid;
    const { initialPpm, turnoverCelsius, parabolaPpmPerC2, ageingPpmFirstYear } = this.#parts.crystal;
    const { agedSeconds } = tables;
    const perSquare = parabolaPpmPerC2 * SECONDS_PER_PPM_HOUR;
    const perCelsius = -2 * turnoverCelsius * perSquare;
    const perAged = ageingPpmFirstYear * 1e-6;
    let k = from;
    for (let i = 0; i < this.#stretches.length && k < to; i++) {
      const stretch = this.#stretches[i] as Stretch;
      const untilHour = this.#stretches[i + 1]?.fromHour ?? Number.POSITIVE_INFINITY;
      const perHour = (initialPpm + stretch.shockPpm) * SECONDS_PER_PPM_HOUR + turnoverCelsius ** 2 * perSquare;
      const offset = stretch.aheadSeconds - this.#terms(stretch.fromHour, perHour, perCelsius, perSquare, perAged);
      for (; k < to && (hour[k] as number) < untilHour; k++) {
        const at = hour[k] as number;
        into[k] =
          offset +
          perHour * at +
          perCelsius * (celsiusHours[k] as number) +
          perSquare * (squareCelsiusHours[k] as number) +
          perAged * (agedSeconds[at - issuedHour] as number);
      }
    }
  }

  #terms(hour: number, perHour: number, perCelsius: number, perSquare: number, perAged: number): number {
    const { course, tables, issuedHour } = this.#in;
    return (
      perHour * hour +
      perCelsius * (course.celsiusHours[hour] ?? 0) +
      perSquare * (course.squareCelsiusHours[hour] ?? 0) +
      perAged * (tables.agedSeconds[hour - issuedHour] ?? 0)
    );
  }

  #gainedSeconds(
    { fromHour, shockPpm }: Stretch,
    course: CourseOfPlace,
    { agedSeconds }: LotTables,
    issuedHour: number,
    hour: number,
  ): number {
    const { initialPpm, turnoverCelsius: t0, parabolaPpmPerC2, ageingPpmFirstYear } = this.#parts.crystal;
    const hours = hour - fromHour;
    const at = (course.celsiusHours[hour] ?? 0) - (course.celsiusHours[fromHour] ?? 0);
    const square = (course.squareCelsiusHours[hour] ?? 0) - (course.squareCelsiusHours[fromHour] ?? 0);
    const aged = (agedSeconds[hour - issuedHour] ?? 0) - (agedSeconds[fromHour - issuedHour] ?? 0);
    const parabola = parabolaPpmPerC2 * (square - 2 * t0 * at + t0 ** 2 * hours);
    return ((initialPpm + shockPpm) * hours + parabola) * SECONDS_PER_PPM_HOUR + ageingPpmFirstYear * aged * 1e-6;
  }

  /** What the shelf has done by the issue. */
  #atIssue(): Stretch {
    const { tables, issuedHour } = this.#in;
    const { shelf, shelfHours, agedSeconds, profile, steadyMicroamps } = tables;
    const { initialPpm, turnoverCelsius: t0, parabolaPpmPerC2, ageingPpmFirstYear } = this.#parts.crystal;
    const squares = shelf.squareCelsius - 2 * t0 * shelf.celsius + t0 ** 2 * shelfHours;
    const steady = (initialPpm * shelfHours + parabolaPpmPerC2 * squares) * SECONDS_PER_PPM_HOUR;
    return {
      fromHour: issuedHour,
      loadMicroamps: steadyMicroamps,
      aheadSeconds: steady + ageingPpmFirstYear * (agedSeconds[0] ?? 0) * 1e-6,
      usedMah: (profile.load.sleep_uA * shelfHours + this.#selfMicroamps * shelf.selfDischarge) / 1_000,
      shockPpm: 0,
    };
  }

  /** From an hour on, by a fall or a wash: more load, a shock, a clock that stood. */
  change(hour: number, by: Pick<Stretch, 'shockPpm' | 'aheadSeconds' | 'loadMicroamps'>): void {
    const last = this.stretchAt(hour);
    this.#stretches.push({
      fromHour: hour,
      loadMicroamps: last.loadMicroamps + by.loadMicroamps,
      shockPpm: last.shockPpm + by.shockPpm,
      aheadSeconds: this.aheadSeconds(hour) + by.aheadSeconds,
      usedMah: this.usedMah(hour) - this.#pressesBefore(hour) * this.#in.tables.pressMah,
    });
  }

  /** The charge of the presses at an hour. */
  pressMahAt(hour: number): number {
    const { grid, tables, pressesPerLogin } = this.#in;
    const k = (hour - (grid.hour[0] ?? 0)) / grid.stepHours;
    return Number.isInteger(k) && k >= this.firstLogin ? pressesPerLogin * tables.pressMah : 0;
  }

  /** Presses in the hours before this one. */
  #pressesBefore(hour: number): number {
    return this.loginsBefore(hour) * this.#in.pressesPerLogin;
  }

  /** Log-ins in the hours before this one. */
  loginsBefore(hour: number): number {
    const { grid } = this.#in;
    return Math.max(0, Math.ceil((hour - (grid.hour[0] ?? 0)) / grid.stepHours) - this.firstLogin);
  }

  stretchAt(hour: number): Stretch {
    let i = this.#stretches.length - 1;
    while (i > 0 && (this.#stretches[i] as Stretch).fromHour > hour) i -= 1;
    return this.#stretches[i] as Stretch;
  }
}
