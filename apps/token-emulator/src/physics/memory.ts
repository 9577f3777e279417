// Non-volatile memory: wear, retention, and a write that the power did not outlast. docs/physics.md, "Memory".
import { acceleration } from './arrhenius.ts';

/** Guaranteed 100,000; 1,000,000 typical: B. */
export const ENDURANCE_CYCLES = 100_000;
/** At 25 °C: B. */
export const RETENTION_YEARS = 40;
/** Charge leaks through oxide: assumption, the usual figure. */
const RETENTION_EV = 0.6;
const RETENTION_AT_C = 25;
/** What an erased byte holds. */
const ERASED = 0xff;

/** Of a cell that was written so often. Doubles with each guaranteed life: assumption. */
export function wornOutProbability(writes: number, enduranceCycles: number): number {
  if (writes <= enduranceCycles) return 0;
  return 1 - 2 ** -(writes / enduranceCycles - 1);
}

/** Years that what was written stays readable at a steady temperature. */
export function retentionYears(tempCelsius: number): number {
  return RETENTION_YEARS / acceleration(RETENTION_EV, tempCelsius, RETENTION_AT_C);
}

/**
 * What lies in memory when the power goes while byte `at` is being written: those before it are new, that one is erased,
 * those behind it are as they were.
 */
export function torn(before: Uint8Array, after: Uint8Array, at: number): Uint8Array {
  return Uint8Array.from(before, (old, i) => (i < at ? (after[i] as number) : i === at ? ERASED : old));
}
