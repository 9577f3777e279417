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

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
