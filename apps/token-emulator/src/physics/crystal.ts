// A 32,768 Hz tuning-fork crystal: how far it is from its frequency, and what that adds up to. docs/physics.md,
// "The crystal".
import { SECONDS_A_YEAR } from './source.ts';

/** 2^15: a binary divider makes seconds of it. Source A. */
export const NOMINAL_HZ = 32_768;

/** One crystal, as it was cut and as it has been treated. */
export interface Crystal {
  /** At the turnover temperature, when new: ±20 uncalibrated (A), ±2 calibrated (A). Positive is fast. */
  readonly initial_ppm: number;
  /** Where it is fastest: 25 ± 5 °C. A. */
  readonly turnover_C: number;
  /** −0.034 ± 0.006: A. */
  readonly parabola_ppm_per_C2: number;
  /** Either way, at most 3 (A); slower afterwards. */
  readonly ageing_ppm_first_year: number;
  /** What knocks have added. */
  readonly shock_ppm: number;
}

/** How soon ageing slows down: assumption. */
const AGEING_TIME_YEARS = 1 / 12;

export const TYPICAL_CRYSTAL: Crystal = {
  initial_ppm: 0,
  turnover_C: 25,
  parabola_ppm_per_C2: -0.034,
  ageing_ppm_first_year: 0,
  shock_ppm: 0,
};

/** Error at a temperature and an age: positive is fast. */
export function error_ppm(crystal: Crystal, temp_C: number, age_years: number): number {
  return steady_ppm(crystal, temp_C) + crystal.ageing_ppm_first_year * aged(age_years);
}

/**
 * Seconds that its clock gains while `span_s` pass at a steady temperature: the integral of `error_ppm`, exactly, so
 * that a long span and its parts give the same phase.
 */
export function gained_s(crystal: Crystal, temp_C: number, age_years: number, span_s: number): number {
  const until_years = age_years + span_s / SECONDS_A_YEAR;
  const aged_s = (agedIntegral(until_years) - agedIntegral(age_years)) * SECONDS_A_YEAR;
  return (steady_ppm(crystal, temp_C) * span_s + crystal.ageing_ppm_first_year * aged_s) * 1e-6;
}

function steady_ppm({ initial_ppm, shock_ppm, parabola_ppm_per_C2, turnover_C }: Crystal, temp_C: number): number {
  return initial_ppm + shock_ppm + parabola_ppm_per_C2 * (temp_C - turnover_C) ** 2;
}

/** Logarithmic ageing: 0 when new, 1 after a year. The law: assumption. */
function aged(years: number): number {
  return Math.log1p(years / AGEING_TIME_YEARS) / FIRST_YEAR;
}

function agedIntegral(years: number): number {
  const scaled = years / AGEING_TIME_YEARS;
  return (AGEING_TIME_YEARS * ((1 + scaled) * Math.log1p(scaled) - scaled)) / FIRST_YEAR;
}

const FIRST_YEAR = Math.log1p(1 / AGEING_TIME_YEARS);
