import { type DurationMs, duration } from '../time/instant.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  y: 365.25 * 86_400_000,
};
/** Longer than any token lives. */
const YEARS_MAX = 50;

/**
 * Parses "30 s", "2.5 h", "400 d" or "5 y".
 * @throws RangeError that shows the format
 */
export function readDuration(text: string): DurationMs {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(ms|s|min|h|d|y)$/.exec(text) ?? [];
  const ms = Math.round(Number(number) * (UNIT_MS[unit] ?? Number.NaN));
  if (number === '' || !(ms <= YEARS_MAX * (UNIT_MS['y'] ?? 0))) {
    throw new RangeError(`${text}: write a time as "30 s", "5 min", "2 h", "400 d" or "5 y", at most ${YEARS_MAX} y`);
  }
  return duration(ms);
}
