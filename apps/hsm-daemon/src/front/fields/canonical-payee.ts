// The one form of a payee's name, of all those that a reader takes for the same. What a customer
// saw on one screen and typed on another must be one payee, or a right code is a wrong one: a
// keyboard writes Arabic yeh or Persian, with the joiner of a word or without.
// docs/reference/signatures.md has the form for those who make codes.

/** Arabic letters that are written like Persian ones: each with the one that stands for both. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['\u064a', '\u06cc'],
  ['\u0649', '\u06cc'],
  ['\u0643', '\u06a9'],
]);
/** Format characters, variation selectors and the grapheme joiner: they show nothing themselves. */
const FORMAT = /\p{Cf}|\p{Variation_Selector}|\p{Default_Ignorable_Code_Point}/gu;
/**
 * What no name contains: controls, line ends, half surrogate pairs, private and unassigned
 * characters.
 */
const FOREIGN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Returns the canonical form; undefined for a text that no form makes a name. */
export function canonicalPayee(text: string): string | undefined {
  if (FOREIGN.test(text)) return undefined;
  const bare = text
    .normalize('NFC')
    .replaceAll(FORMAT, '')
    .replaceAll(/[\u0649\u064a\u0643]/g, (letter) => LETTERS.get(letter) ?? letter)
    .replaceAll(/\p{Zs}+/gu, ' ')
    .trim();
  // Without its format characters a text may be composed further.
  const composed = bare.normalize('NFC');
  return VISIBLE.test(composed) ? composed : undefined;
}
