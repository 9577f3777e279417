// A 32,768 Hz tuning-fork crystal: its frequency error, and what that adds up to.
// docs/explanation/physics.md, "The crystal".
import type { Exposure } from './exposure.ts';
import { HOURS_A_YEAR, SECONDS_A_YEAR } from './source.ts';

/** 2^15: a binary divider turns it into seconds. Source A. */
export const NOMINAL_HZ = 32_768;

const SECONDS_PER_PPM_HOUR = 3_600e-6;

/** One crystal: how it was cut, and what has happened to it. */
export interface Crystal {
  /**
   * At the turnover temperature, when new: ±20 uncalibrated (A), ±2 calibrated (A). Positive is
   * fast.
   */
  readonly initialPpm: number;
  /** Temperature at which it is fastest: 25 ± 5 °C. A. */
  readonly turnoverCelsius: number;
  /** −0.034 ± 0.006: A. */
  readonly parabolaPpmPerC2: number;
  /** In either direction, at most 3 (A); slower afterwards. */
  readonly ageingPpmFirstYear: number;
  /** Error added by shocks. */
  readonly shockPpm: number;
}

/** How soon aging slows down: assumption. */
const AGEING_TIME_YEARS = 1 / 12;

export const TYPICAL_CRYSTAL: Crystal = {
  initialPpm: 0,
  turnoverCelsius: 25,
  parabolaPpmPerC2: -0.034,
  ageingPpmFirstYear: 0,
  shockPpm: 0,
};

/** Returns the error at a temperature and an age; positive is fast. */
export function errorPpm(crystal: Crystal, tempCelsius: number, ageYears: number): number {
  return steadyPpm(crystal, tempCelsius) + crystal.ageingPpmFirstYear * aged(ageYears);
}

/** What a clock gains without aging, in seconds: the sums of a span, each times its factor. */
export interface SteadyGain {
  readonly perHour: number;
  readonly perCelsiusHour: number;
  readonly perSquareCelsiusHour: number;
}

/** Returns the factors of a crystal: its parabola, written out. */
export function steadyGainOf({ initialPpm, shockPpm, parabolaPpmPerC2, turnoverCelsius }: Crystal): SteadyGain {
  const perSquareCelsiusHour = parabolaPpmPerC2 * SECONDS_PER_PPM_HOUR;
  return {
    perHour: (initialPpm + shockPpm) * SECONDS_PER_PPM_HOUR + turnoverCelsius ** 2 * perSquareCelsiusHour,
    perCelsiusHour: -2 * turnoverCelsius * perSquareCelsiusHour,
    perSquareCelsiusHour,
  };
}

export function steadySeconds(gain: SteadyGain, { hours, celsiusHours, squareCelsiusHours }: SpanOfWeather): number {
  return gain.perHour * hours + gain.perCelsiusHour * celsiusHours + gain.perSquareCelsiusHour * squareCelsiusHours;
}

/**
 * Returns the seconds that the clock gains in a span of weather. This is the exact integral of
 * `errorPpm`, so that a long span and its parts give the same phase.
 */
export function gainedSeconds(crystal: Crystal, weather: SpanOfWeather, ageYears: number): number {
  const agedSeconds = agedSecondsPerPpm(ageYears + weather.hours / HOURS_A_YEAR) - agedSecondsPerPpm(ageYears);
  return steadySeconds(steadyGainOf(crystal), weather) + crystal.ageingPpmFirstYear * agedSeconds;
}

/** The hours of a span, and the sums of T and T² over them, in °C·h and °C²·h. */
type SpanOfWeather = Pick<Exposure, 'hours' | 'celsiusHours' | 'squareCelsiusHours'>;

function steadyPpm({ initialPpm, shockPpm, parabolaPpmPerC2, turnoverCelsius }: Crystal, tempCelsius: number): number {
  return initialPpm + shockPpm + parabolaPpmPerC2 * (tempCelsius - turnoverCelsius) ** 2;
}

/** Logarithmic aging: 0 when new, 1 after a year. The law: assumption. */
function aged(years: number): number {
  return Math.log1p(years / AGEING_TIME_YEARS) / FIRST_YEAR;
}

/** Returns the seconds that aging of 1 ppm in the first year has added by this age, in years. */
export function agedSecondsPerPpm(years: number): number {
  const scaled = years / AGEING_TIME_YEARS;
  const integral = (AGEING_TIME_YEARS * ((1 + scaled) * Math.log1p(scaled) - scaled)) / FIRST_YEAR;
  return integral * SECONDS_A_YEAR * 1e-6;
}

const FIRST_YEAR = Math.log1p(1 / AGEING_TIME_YEARS);
