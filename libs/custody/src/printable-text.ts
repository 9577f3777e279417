/**
 * Everything but letters, marks, signs and spaces: controls and escapes, which move a terminal's cursor and change what was
 * written before; what turns text around (Unicode TR 36, 2.10); line ends, which make one line look like two. Not the joiners
 * that Persian is written with.
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** A line of text from elsewhere (a server, a file, a token), safe on a screen: what is not printed is shown as its number. */
export function printableText(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** A value as JSON on one line, safe on a screen: the same value, with everything that is not printed as an escape. */
export function printableJson(value: unknown): string {
  return printableText(JSON.stringify(value));
}

/**
 * An object as documents write it (YAML, JSON for programs): names in snake case, a second as `s`. Bytes and other classes stay
 * what they are.
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
