// RFC 6238, with the bank's time in place of the phone's.
import { bankPinDigits, formatCode, HmacKey, hotp } from '@ramz/otp-core';
import type { StoredPurpose, StoredToken } from './stored-token.ts';

/**
 * The vault takes no code of a step to come. A phone that is a little fast would show one, so the
 * app is always a little late: the vault still takes the former step.
 */
const BEHIND_MS = 8_000;

/** A code for the customer's eyes. */
export interface CodeNow {
  readonly code: string;
  /** When the next code is shown, by the app's clock. */
  readonly untilMs: number;
}

/** @param nowMs of the app's clock */
export function codeNow(
  { clockErrorMs }: Pick<StoredToken, 'clockErrorMs'>,
  one: StoredPurpose,
  nowMs: number,
): CodeNow {
  const { hash, seed, digits, periodSeconds, t0Seconds } = one;
  const bankMs = nowMs + clockErrorMs - BEHIND_MS;
  const periodMs = periodSeconds * 1_000;
  const step = Math.floor((bankMs - t0Seconds * 1_000) / periodMs);
  const key = HmacKey.from(hash, seed);
  try {
    const untilMs = (step + 1) * periodMs + t0Seconds * 1_000 - clockErrorMs + BEHIND_MS;
    return { code: formatCode(hotp(key, step, bankPinDigits(digits))), untilMs };
  } finally {
    key.wipe();
  }
}
