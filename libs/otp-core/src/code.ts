import { OtpError } from './errors.ts';

/** RFC 4226, 5.3: "Implementations MUST extract a 6-digit code at a minimum". */
export const HOTP_DIGITS_MIN = 6;
/**
 * A card's first PIN has four digits (M-8), below what RFC 4226 allows: two live codes of 10,000 are
 * guessed once in 5,000 tries. OCRA suites may ask for four too (RFC 6287, 6.2).
 */
export const BANK_PIN_DIGITS_MIN = 4;
/** 31 bits fill nine digits; a tenth adds only 0, 1 or 2 in front. */
export const DIGITS_MAX = 10;

/** A number of digits that was checked by `hotpDigits` or `bankPinDigits`. */
export type Digits = number & { readonly checked: 'digits of a code' };

/** What a person typed, read once at the edge: its value and how many digits it had. */
export interface Code {
  readonly value: number;
  readonly digits: Digits;
}

/** 6 to 10 digits. @throws OtpError `digits-range` */
export function hotpDigits(digits: number): Digits {
  return checked(digits, HOTP_DIGITS_MIN, 'a code has 6 to 10 digits; 4 and 5 only as a bank PIN');
}

/** 4 to 10 digits: a name of its own, so that a short code is asked for and never happens. @throws OtpError `digits-range` */
export function bankPinDigits(digits: number): Digits {
  return checked(digits, BANK_PIN_DIGITS_MIN, 'a bank PIN has 4 to 10 digits');
}

/**
 * Reads exactly `digits` ASCII digits. The length is the verifier's to say, never the typist's: a code of four
 * digits is the tail of one of eight, and guessed ten thousand times sooner.
 * @throws OtpError `code-format`, which never repeats the text
 */
export function parseCode(text: string, digits: Digits): Code {
  if (typeof text !== 'string' || text.length !== digits || !/^[0-9]+$/.test(text)) {
    throw new OtpError('code-format', `code must be ${digits} ASCII digits`);
  }
  return { value: Number(text), digits };
}

/** For codes that were not made here. @throws OtpError `code-format`, `digits-range` */
export function assertCode({ value, digits }: Code): void {
  bankPinDigits(digits);
  if (!Number.isInteger(value) || value < 0 || value >= powerOfTen(digits)) {
    throw new OtpError('code-format', 'the value of a code is a whole number of its digits');
  }
}

/** The code as it is shown: left-padded with zeros to its length. */
export function formatCode(code: Code): string {
  return String(code.value).padStart(code.digits, '0');
}

/** The code that a truncated MAC gives (RFC 4226, 5.3: Snum mod 10^Digit). */
export function codeOf(truncated: number, digits: number): Code {
  return { value: modPowerOfTen(truncated, powerOfTen(digits)), digits: digits as Digits };
}

export function powerOfTen(digits: number): number {
  return 10 ** digits;
}

/**
 * `truncated mod power` for a 31-bit number, without a division: a processor's division takes longer for
 * some numbers than for others. The quotient by a product with the reciprocal is exact: a test goes through every
 * multiple of every power, and the number before it, between which nothing changes.
 */
export function modPowerOfTen(truncated: number, power: number): number {
  // Ten digits are more than 31 bits have: nothing to reduce, and `power` is public.
  if (power > 0x7fffffff) return truncated;
  const quotient = (truncated * (1 / power)) | 0;
  return truncated - Math.imul(quotient, power);
}

function checked(digits: number, min: number, sentence: string): Digits {
  if (!Number.isInteger(digits) || digits < min || digits > DIGITS_MAX) throw new OtpError('digits-range', sentence);
  return digits as Digits;
}
