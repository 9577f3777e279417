// Numbers and times as the page's language writes them: one kind of digits, and a true minus sign.
const MINUS = '\u2212';
const PERSIAN_DIGITS = '۰۱۲۳۴۵۶۷۸۹';
const DAY_S = 86_400;
const YEAR_S = 365.25 * DAY_S;
let persian = false;

export function speakNumbers(isPersian) {
  persian = isPersian;
}

/** Writes a text's digits and signs in the page's language. */
export function inDigits(text) {
  const signed = text.replace(/^-/, MINUS);
  if (!persian) return signed;
  return signed
    .replace(/[0-9]/g, (digit) => PERSIAN_DIGITS[Number(digit)])
    .replace(/(?<=[۰-۹])\.(?=[۰-۹])/g, '٫')
    .replace(/(?<=[۰-۹]),(?=[۰-۹])/g, '٬');
}

/** A number with its unit, which stays on the same side of it in both directions of writing. */
export function withUnit(value, digits, unit) {
  return `\u2066${inDigits(value.toFixed(digits))}\u00a0${unit}\u2069`;
}

/** A span from seconds to years: a clock that was reset is decades off. */
export function span(seconds) {
  const size = Math.abs(seconds);
  if (size < 1_000) return withUnit(seconds, 1, 's');
  if (size < 2 * DAY_S) return withUnit(seconds / 60, 1, 'min');
  if (size < 2 * YEAR_S) return withUnit(seconds / DAY_S, 1, 'd');
  return withUnit(seconds / YEAR_S, 1, 'y');
}

export function moment(iso) {
  return `\u2066${inDigits(iso.slice(0, 19).replace('T', ' '))}\u2069`;
}

export function day(iso) {
  return `\u2066${inDigits(iso.slice(0, 10))}\u2069`;
}

export function time(iso) {
  return `\u2066${inDigits(iso.slice(11, 19))}\u2069`;
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });

/** A number beside an axis: short, so that it is never cut off. */
export function onAxis(value) {
  return inDigits(compact.format(value));
}
