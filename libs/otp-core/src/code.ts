import { OtpError } from './errors.ts';

/** RFC 4226, 5.3: "Implementations MUST extract a 6-digit code at a minimum". */
export const HOTP_DIGITS_MIN = 6;
/**
 * A card's first PIN has four digits (M-8), fewer than RFC 4226 allows: with two live codes, one
 * guess in 5,000 is right. OCRA suites may ask for four as well (RFC 6287, 6.2).
 */
export const BANK_PIN_DIGITS_MIN = 4;
/** 31 bits fill nine digits. A tenth digit only adds a leading 0, 1 or 2. */
export const DIGITS_MAX = 10;

/** A number of digits that `hotpDigits` or `bankPinDigits` has checked. */
export type Digits = number & { readonly checked: 'digits of a code' };

/** A code as a person typed it, parsed once at the edge: its value and its number of digits. */
export interface Code {
  readonly value: number;
  readonly digits: Digits;
}

/**
 * Checks a code length of 6 to 10 digits.
 * @throws OtpError `digits-range`
 */
export function hotpDigits(digits: number): Digits {
  return checked(digits, HOTP_DIGITS_MIN, 'a code has 6 to 10 digits; 4 and 5 only as a bank PIN');
}

/**
 * Checks a code length of 4 to 10 digits. Has its own name so that no one gets a short code by
 * accident.
 * @throws OtpError `digits-range`
 */
export function bankPinDigits(digits: number): Digits {
  return checked(digits, BANK_PIN_DIGITS_MIN, 'a bank PIN has 4 to 10 digits');
}

/**
 * Parses exactly `digits` ASCII digits. The verifier sets the length, never the typed text: a
 * four-digit code is the tail of an eight-digit one and 10,000 times easier to guess.
 * @throws OtpError `code-format`; the message never repeats the text
 */
export function parseCode(text: string, digits: Digits): Code {
  if (typeof text !== 'string' || text.length !== digits || !/^[0-9]+$/.test(text)) {
    throw new OtpError('code-format', `code must be ${digits} ASCII digits`);
  }
  return { value: Number(text), digits };
}

/**
 * Checks a code that this library did not make.
 * @throws OtpError `code-format`, `digits-range`
 */
export function assertCode({ value, digits }: Code): void {
  bankPinDigits(digits);
  if (!Number.isInteger(value) || value < 0 || value >= powerOfTen(digits)) {
    throw new OtpError('code-format', 'the value of a code must be a whole number that fits its digits');
  }
}

/** Returns the code as text, left-padded with zeros to its length. */
export function formatCode(code: Code): string {
  return String(code.value).padStart(code.digits, '0');
}

/** Returns the code of a truncated MAC (RFC 4226, 5.3: Snum mod 10^Digit). */
export function codeOf(truncated: number, digits: number): Code {
  return { value: modPowerOfTen(truncated, powerOfTen(digits)), digits: digits as Digits };
}

export function powerOfTen(digits: number): number {
  return 10 ** digits;
}

/**
 * Returns `truncated mod power` for a 31-bit number without a division, whose time depends on its
 * operands on many processors. Multiplying by the reciprocal gives the exact quotient: a test
 * checks every multiple of every power and the number before it; nothing changes in between.
 */
export function modPowerOfTen(truncated: number, power: number): number {
  // A 31-bit number is below 10^10, so there is nothing to reduce. `power` is public.
  if (power > 0x7fffffff) return truncated;
  const quotient = (truncated * (1 / power)) | 0;
  return truncated - Math.imul(quotient, power);
}

function checked(digits: number, min: number, sentence: string): Digits {
  if (!Number.isInteger(digits) || digits < min || digits > DIGITS_MAX) throw new OtpError('digits-range', sentence);
  return digits as Digits;
}
