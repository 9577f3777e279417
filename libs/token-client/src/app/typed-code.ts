/** What was typed cannot be a code: it is not sent, and no try is lost. */
export class CodeNotTyped extends Error {
  constructor() {
    super('a code has 8 to 13 digits: type it again');
    this.name = 'CodeNotTyped';
  }
}

const CODE = /^[0-9]{8,13}$/;
/** Beginnings of the Persian and the Arabic digits in Unicode. */
const ZEROS = [0x06f0, 0x0660];

/**
 * Returns the digits of a code as ASCII. Takes Persian and Arabic digits, spaces and dashes.
 * @throws CodeNotTyped
 */
export function typedCode(text: string): Uint8Array {
  const digits = Array.from(text.replaceAll(/[\s\-\u200c\u200e\u200f]/g, ''), asciiDigit).join('');
  if (!CODE.test(digits)) throw new CodeNotTyped();
  return new TextEncoder().encode(digits);
}

function asciiDigit(char: string): string {
  const point = char.codePointAt(0) ?? 0;
  const zero = ZEROS.find((one) => point >= one && point <= one + 9);
  return zero === undefined ? char : String(point - zero);
}
