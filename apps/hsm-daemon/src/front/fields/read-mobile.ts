// Iranian mobile numbers (E.164: +98, then 9 and nine digits), in all forms that people write.
import { MalformedRequest } from '../errors/front-errors.ts';
import { asciiDigits } from './read-digits.ts';

/** Longer than any form: `0098 912 - 123 - 4567`. */
const CHARS_MAX = 32;

/** The prefixes that the numbering plan gives to mobile networks. */
const MOBILE = /^(?:\+98|0098|98|0)?(9(?:0[0-5]|[139][0-9]|2[0-3])[0-9]{7})$/;

/**
 * Returns `989` and nine digits. Spaces, dashes, dots and brackets between digits are ignored.
 * @throws MalformedRequest; the message never repeats the number
 */
export function readMobileNumber(field: string, text: string): string {
  const plain = text.length > CHARS_MAX ? '' : asciiDigits(text.replaceAll(/[\s\-.()\u200c\u200e\u200f]/g, ''));
  const [, rest] = MOBILE.exec(plain) ?? [];
  if (rest === undefined) throw new MalformedRequest(field, 'must be an Iranian mobile number, such as 09121234567');
  return `98${rest}`;
}
