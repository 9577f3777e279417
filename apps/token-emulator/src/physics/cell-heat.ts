// Cells that fail from heat alone, with any charge left. docs/explanation/physics.md, "Heat".
import { acceleration } from './arrhenius.ts';
import { HOURS_A_YEAR } from './source.ts';

/** 1 % of CR1632 cells failed in this time at this temperature: B. */
const ONE_PERCENT_HOURS = 1_350;
const ONE_PERCENT_AT_C = 110;
/** B. */
const ACTIVATION_EV = 1;
const SURVIVE_ONE_DOSE = 0.99;

/** Returns the years at a steady temperature until 1 % of cells have failed. */
export function onePercentFailedYears(tempCelsius: number): number {
  return ONE_PERCENT_HOURS / acceleration(ACTIVATION_EV, tempCelsius, ONE_PERCENT_AT_C) / HOURS_A_YEAR;
}

/** Returns the heat dose of a span: a dose of 1 makes 1 % of cells fail. Doses add up. */
export function heatDose(tempCelsius: number, hours: number): number {
  return hours / HOURS_A_YEAR / onePercentFailedYears(tempCelsius);
}

/**
 * Returns the share of cells that this dose kills. Successive doses are independent: assumption.
 */
export function failedShare(dose: number): number {
  return 1 - SURVIVE_ONE_DOSE ** dose;
}
