// Heat beyond the storage range: seals, plastics and solder give way, with any charge left.
// docs/explanation/physics.md, "Ranges of temperature".

/** The usual high-temperature storage test: so many hours, so much above the storage range. A. */
const SURVIVED_HOURS = 1_000;
const ABOVE_STORAGE_C = 15;
/** The rule of thumb for chemistry: twice as fast. Assumption. */
const DOUBLES_C = 10;

/** Returns the share of the fatal heat that some hours at a temperature are; 1 is fatal. */
export function overheatedShare(tempCelsius: number, storageMaxCelsius: number, hours: number): number {
  if (tempCelsius <= storageMaxCelsius) return 0;
  return (hours / SURVIVED_HOURS) * 2 ** ((tempCelsius - storageMaxCelsius - ABOVE_STORAGE_C) / DOUBLES_C);
}
