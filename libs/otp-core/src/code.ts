import { OtpError } from './errors.ts';

/**
 * RFC 4226 5.3 wants six digits or more; a card's first PIN has four (M-8), so four is allowed here
 * and the policy that uses it must say so. 31 bits fill nine digits; a tenth adds only 0, 1 or 2.
 */
export const DIGITS_MIN = 4;
export const DIGITS_MAX = 10;

/** What a person typed, read once at the edge: its value and how many digits it had. */
export interface Code {
  readonly value: number;
  readonly digits: number;
}

/** @throws OtpError `digits-range` */
export function assertDigits(digits: number): void {
  if (!Number.isInteger(digits) || digits < DIGITS_MIN || digits > DIGITS_MAX) {
    throw new OtpError('digits-range', `digits must be an integer from ${DIGITS_MIN} to ${DIGITS_MAX}`);
  }
}

/** Reads ASCII digits only. @throws OtpError `code-format`, which never repeats the text. */
export function parseCode(text: string): Code {
  if (text.length < DIGITS_MIN || text.length > DIGITS_MAX || !/^[0-9]+$/.test(text)) {
    throw new OtpError('code-format', `code must be ${DIGITS_MIN} to ${DIGITS_MAX} ASCII digits`);
  }
  return { value: Number(text), digits: text.length };
}

/** The code as it is shown: left-padded with zeros to its length. */
export function formatCode(code: Code): string {
  return String(code.value).padStart(code.digits, '0');
}
