// What a data sheet promises of a token's surroundings. docs/explanation/physics.md, "Ranges of
// temperature".

/** From the coldest to the warmest, °C. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Where a token works, and where it may lie: a profile's fields, as its files write them. */
export interface Ranges {
  readonly operating_C: Range;
  readonly storage_C: Range;
}

export function isWithin({ min, max }: Range, tempCelsius: number): boolean {
  return tempCelsius >= min && tempCelsius <= max;
}
