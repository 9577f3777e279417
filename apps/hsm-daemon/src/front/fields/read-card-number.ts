// ISO/IEC 7812-1, annex B: the Luhn check digit.
import { MalformedRequest } from '../errors/front-errors.ts';
import { readDigits } from './read-digits.ts';

const ASCII_ZERO = 0x30;

/** Every Iranian bank card has 16 digits. */
const CARD_DIGITS = 16;

/** @throws MalformedRequest; the message never repeats the number */
export function readCardNumber(field: string, text: string): string {
  const digits = readDigits(field, text, CARD_DIGITS);
  // All zeros pass Luhn's check, but no card has that number.
  if (!hasRightCheckDigit(digits) || /^0+$/.test(digits)) {
    throw new MalformedRequest(field, 'its check digit is wrong: probably a typing mistake');
  }
  return digits;
}

function hasRightCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(i) - ASCII_ZERO;
    const doubled = (digits.length - i) % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
