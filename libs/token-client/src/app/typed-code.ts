/** What was typed cannot be the codes: nothing is sent, and no try is lost. */
export class CodeNotTyped extends Error {
  constructor(why: string) {
    super(`${why}: type it again`);
    this.name = 'CodeNotTyped';
  }
}

/** Each of the two codes of a bank with a receipt and a text. */
const HALF_DIGITS = 8;
/** A branch's code, with its check digit. */
const ALONE_DIGITS = 13;
/** Beginnings of the Persian and the Arabic digits in Unicode. */
const ZEROS = [0x06f0, 0x0660];

/**
 * Returns both codes as ASCII digits. Takes Persian and Arabic digits, spaces and dashes.
 * @param text empty for a bank with one code
 * @throws CodeNotTyped
 */
export function typedCodes(printed: string, text: string): readonly [Uint8Array, Uint8Array] {
  const [first, second] = [digitsOf(printed), digitsOf(text)];
  const isAlone = first.length === ALONE_DIGITS && second === '';
  const isPair = first.length === HALF_DIGITS && second.length === HALF_DIGITS;
  if (!isAlone && !isPair) {
    throw new CodeNotTyped('the codes are two of 8 digits (receipt and text), or one of 13 digits from a branch');
  }
  if (isAlone && !hasCheckDigit(first)) throw new CodeNotTyped('a digit of the code is wrong');
  const encoder = new TextEncoder();
  return [encoder.encode(first), encoder.encode(second)];
}

/** ISO/IEC 7812-1, annex B: the last digit makes a typing error visible before it is sent. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function digitsOf(text: string): string {
  const digits = Array.from(text.replaceAll(/[\s\-\u200c\u200e\u200f]/g, ''), asciiDigit).join('');
  return /^[0-9]*$/.test(digits) ? digits : 'not digits';
}

function asciiDigit(char: string): string {
  const point = char.codePointAt(0) ?? 0;
  const zero = ZEROS.find((one) => point >= one && point <= one + 9);
  return zero === undefined ? char : String(point - zero);
}
