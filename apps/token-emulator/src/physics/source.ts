/**
 * Where a number comes from: A a data sheet, standard or vendor's document; B a teardown, field
 * measurement or trade press; C a weak page; D derived from such figures; `assumption` if it is not
 * published.
 */
export const SOURCES = ['A', 'B', 'C', 'D', 'assumption'] as const;
export type Source = (typeof SOURCES)[number];

/** Hours of a Julian year, which all tables use. */
export const HOURS_A_YEAR: number = 365.25 * 24;
export const HOURS_A_MONTH: number = HOURS_A_YEAR / 12;
export const HOUR_MS = 3_600_000;
export const SECONDS_A_YEAR: number = HOURS_A_YEAR * 3_600;
