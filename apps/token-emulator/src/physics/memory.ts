// Non-volatile memory: wear, retention, and a write cut off by a loss of power.
// docs/explanation/physics.md, "Memory".
import { acceleration } from './arrhenius.ts';
import { HOURS_A_YEAR } from './source.ts';

/** Guaranteed 100,000; 1,000,000 typical: B. */
export const ENDURANCE_CYCLES = 100_000;
/** At 25 °C: B. */
export const RETENTION_YEARS = 40;
/** Charge leaks through oxide: assumption, the usual figure. */
const RETENTION_EV = 0.6;
const RETENTION_AT_C = 25;
/** What an erased byte holds. */
const ERASED = 0xff;

/**
 * Returns the probability that a write is lost. Success halves with each further guaranteed life:
 * assumption.
 */
export function wornOutProbability(writes: number, enduranceCycles: number): number {
  if (writes <= enduranceCycles) return 0;
  return 1 - 2 ** -(writes / enduranceCycles - 1);
}

/** Returns the years that data stays readable at a steady temperature. */
export function retentionYears(tempCelsius: number): number {
  return RETENTION_YEARS / acceleration(RETENTION_EV, tempCelsius, RETENTION_AT_C);
}

/** Returns the share of the retention time that some hours at a temperature use up. */
export function forgottenShare(tempCelsius: number, hours: number): number {
  return hours / HOURS_A_YEAR / retentionYears(tempCelsius);
}

/**
 * Returns what is in memory if power is lost while byte `at` is being written: the bytes before it
 * are new, that byte is erased, the bytes after it are old.
 */
export function torn(before: Uint8Array, after: Uint8Array, at: number): Uint8Array {
  return Uint8Array.from(before, (old, i) => (i < at ? (after[i] as number) : i === at ? ERASED : old));
}
