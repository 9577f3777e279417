/** Boltzmann's constant (CODATA 2018, exact). Source A. */
const BOLTZMANN_EV_PER_K = 8.617333262e-5;
const ZERO_CELSIUS_K = 273.15;

/**
 * Returns how many times faster a process runs at one temperature than at the reference
 * (Arrhenius).
 */
export function acceleration(activationEV: number, tempCelsius: number, referenceCelsius: number): number {
  const inverse = 1 / (referenceCelsius + ZERO_CELSIUS_K) - 1 / (tempCelsius + ZERO_CELSIUS_K);
  return Math.exp((activationEV / BOLTZMANN_EV_PER_K) * inverse);
}
