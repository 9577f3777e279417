/**
 * Matches what must not reach a screen: controls and escapes, which move a terminal's cursor and
 * overwrite earlier text; bidi controls, which reorder text (Unicode TR 36, 2.10); line ends, which
 * make one line look like two. Does not match the joiners of Persian.
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Makes a line of text from elsewhere safe to print: escapes what is not printable. */
export function printableText(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** Returns a value as JSON on one line, safe to print: escapes what is not printable. */
export function printableJson(value: unknown): string {
  return printableText(JSON.stringify(value));
}

/**
 * Returns an object with names as in documents (YAML, JSON for programs): in snake case, with
 * `Seconds` as `s`. Bytes and instances of other classes stay unchanged.
 */
export function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [snakeName(name), snakeKeys(one)]));
}

function snakeName(name: string): string {
  return name.replace(/Seconds$/, 'S').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
