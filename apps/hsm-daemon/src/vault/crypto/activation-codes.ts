// The codes of an activation are derived, never stored (D-4): NIST SP 800-108 with a label of its
// own, under the seed master key of the activation's epoch.
import { type HmacKey, secretBytes } from '@ramz/otp-core';
import { deriveKey } from './derive-key.ts';

const LABEL = 'ramz/activation/v1';
const DERIVED_BYTES = 32;
/** Bytes from here on are skipped: 256 is no multiple of ten, and each digit must be as likely. */
const UNBIASED = 250;

/** A code of an activation: which one, and how long. */
export interface CodeName {
  readonly bank: string;
  readonly subject: string;
  /** 32 hexadecimal digits. */
  readonly activation: string;
  readonly epoch: number;
  /** `printed`, or `text` with the number of the text's code. */
  readonly half: string;
  readonly digits: number;
}

/**
 * Returns the digits of a code as ASCII, in a buffer that its owner wipes.
 * @throws Error if too few bytes are unbiased: once in 10^18 codes
 */
export function activationCode(master: HmacKey, { bank, subject, activation, epoch, half, digits }: CodeName) {
  const context = [bank, subject, activation, half, String(epoch)];
  using derived = deriveKey(master, LABEL, context, secretBytes(DERIVED_BYTES));
  const code = secretBytes(digits);
  let at = 0;
  // Takes as many steps for every code.
  for (const byte of derived.expose()) {
    const isKept = byte < UNBIASED && at < digits;
    if (isKept) code[at] = 0x30 + (byte % 10);
    at += Number(isKept);
  }
  if (at < digits) throw new Error('too few derived bytes for a code');
  return code;
}

/** Returns the Luhn check digit of digits in ASCII (ISO/IEC 7812-1, annex B). */
export function luhnDigit(digits: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = (digits[digits.length - 1 - i] ?? 0) - 0x30;
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return 0x30 + ((10 - (sum % 10)) % 10);
}
