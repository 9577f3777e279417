// ISO 8601: a moment with its zone. Without one it is UTC: what a file says must not depend on
// where it is read.
import { type InstantMs, instant } from './instant.ts';

const FORM = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Returns undefined for a text of another form, for a day that is in no calendar, and for a time
 * before 1970: steps of codes are counted from there (RFC 6238, 4.1).
 */
export function readInstant(text: string): InstantMs | undefined {
  const [, day = '', time = '00:00', zone = 'Z'] = FORM.exec(text) ?? [];
  const ms = Date.parse(`${day}T${time}${zone}`);
  if (day === '' || !(ms >= 0)) return undefined;
  // JavaScript takes 31 February for a day of March.
  return new Date(`${day}T00:00Z`).toISOString().startsWith(day) ? instant(ms) : undefined;
}

/** The same for a text that was checked when its file was read. */
export function startOf(text: string): InstantMs {
  const start = readInstant(text);
  if (start === undefined) throw new Error(`${text} is not a valid time`);
  return start;
}
