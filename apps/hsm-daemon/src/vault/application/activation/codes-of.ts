import { secretBytes } from '@ramz/otp-core';
import { CODE_FIELD_BYTES } from '@ramz/token-client/formats';
import { luhnDigit } from '../../crypto/activation-codes.ts';
import type { Activation } from '../../domain/activation/activation.ts';
import type { OpenKeys } from '../keys/open-keys.ts';

/** Eight digits each: a guess of the pair is one in 10^16. */
const HALF_DIGITS = 8;
/** A code that stands alone has 12, and a check digit for typing errors (S-23). */
const BRANCH_DIGITS = 12;

/** Returns the digits on paper as ASCII; the caller wipes them. */
export function printedCode(subject: string, { id, epoch, textCode: number }: Activation, keys: OpenKeys): Uint8Array {
  const digits = number === 0 ? BRANCH_DIGITS : HALF_DIGITS;
  return keys.activations.codeOf({ subject, activation: id, epoch, half: 'printed', digits });
}

/** Returns the digits in the latest text as ASCII; the caller wipes them. */
export function textCode(subject: string, { id, epoch, textCode: number }: Activation, keys: OpenKeys): Uint8Array {
  return keys.activations.codeOf({ subject, activation: id, epoch, half: `text/${number}`, digits: HALF_DIGITS });
}

/** Returns a branch's code with its check digit. */
export function branchCode(digits: Uint8Array): string {
  return `${Buffer.from(digits).toString('latin1')}${String.fromCharCode(luhnDigit(digits))}`;
}

/**
 * Returns what an app must have typed, in the fields of its envelope; the caller wipes it. Derives
 * both codes of every activation, also where there is no text.
 */
export function expectedCodes(subject: string, activation: Activation, keys: OpenKeys): Uint8Array {
  const isOne = activation.textCode === 0;
  const printed = printedCode(subject, activation, keys);
  const text = textCode(subject, activation, keys);
  const fields = secretBytes(2 * CODE_FIELD_BYTES);
  fields.set(printed);
  if (isOne) fields[printed.length] = luhnDigit(printed);
  else fields.set(text, CODE_FIELD_BYTES);
  printed.fill(0);
  text.fill(0);
  return fields;
}
