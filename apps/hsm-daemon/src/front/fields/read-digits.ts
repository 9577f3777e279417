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
  if (/^[0-9]+$/.test(text)) return text;
  let digits = '';
  for (const character of text) digits += asciiDigit(field, character.charCodeAt(0));
  return digits;
}

function asciiDigit(field: string, code: number): string {
  for (const zero of [ASCII_ZERO, PERSIAN_ZERO, ARABIC_INDIC_ZERO]) {
    const digit = code - zero;
    if (digit >= 0 && digit <= 9) return String.fromCharCode(ASCII_ZERO + digit);
  }
  throw new MalformedRequest(field, 'must hold ASCII, Persian or Arabic digits only');
}
