import { MalformedRequest } from '../errors/front-errors.ts';

const ASCII_ZERO = 0x30;
const ARABIC_INDIC_ZERO = 0x0660;
const PERSIAN_ZERO = 0x06f0;

/**
 * Reads digits as keyboards produce them: ASCII, Arabic-Indic and Persian ones. Only here are they
 * converted to ASCII. Anything else is rejected: full-width digits, spaces, signs, NUL. A character
 * counts once, regardless of its bytes.
 * @throws MalformedRequest
 */
export function readDigits(field: string, text: string, length: number): string {
  // Checked first, so that a hostile length costs nothing.
  if (text.length !== length) throw new MalformedRequest(field, `must be ${length} digits`);
  const digits = asciiDigits(text);
  if (!/^[0-9]+$/.test(digits)) throw new MalformedRequest(field, 'must hold ASCII, Persian or Arabic digits only');
  return digits;
}

/** Returns a text with Arabic-Indic and Persian digits as ASCII; the rest stays. */
export function asciiDigits(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String.fromCharCode(ASCII_ZERO + code - (code < PERSIAN_ZERO ? ARABIC_INDIC_ZERO : PERSIAN_ZERO));
  });
}
