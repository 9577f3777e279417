// Cells that fail from heat alone, whatever charge is left. docs/physics.md, "Heat".
import { acceleration } from './arrhenius.ts';
import { HOURS_A_YEAR } from './source.ts';

/** 1 % of CR1632 failed in this time at this temperature: B. */
const ONE_PERCENT_HOURS = 1_350;
const ONE_PERCENT_AT_C = 110;
/** B. */
const ACTIVATION_EV = 1;
const SURVIVE_ONE_DOSE = 0.99;

/** Years at a steady temperature until 1 % of cells have failed. */
export function onePercentFailedYears(tempCelsius: number): number {
  return ONE_PERCENT_HOURS / acceleration(ACTIVATION_EV, tempCelsius, ONE_PERCENT_AT_C) / HOURS_A_YEAR;
}

/** Heat that a cell has seen: 1 is what makes 1 % of cells fail. Doses add up. */
export function heatDose(tempCelsius: number, hours: number): number {
  return hours / HOURS_A_YEAR / onePercentFailedYears(tempCelsius);
}

/** Share of cells that this dose has killed. Doses that follow one another are independent: assumption. */
export function failedShare(dose: number): number {
  return 1 - SURVIVE_ONE_DOSE ** dose;
}
