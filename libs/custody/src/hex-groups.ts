import { Secret, secretBytes } from '@ramz/otp-core';
import { CustodyError } from './errors.ts';

const DIGITS = new TextEncoder().encode('0123456789ABCDEF');
const SPACE = 0x20;
const GROUP_CHARS = 4;

/** Returns bytes as capital hexadecimal digits in groups of four. The caller wipes them. */
export function hexGroups(secret: Secret): Secret {
  const bytes = secret.expose();
  const digits = bytes.length * 2;
  const text = secretBytes(digits + Math.ceil(digits / GROUP_CHARS) - 1);
  let at = 0;
  for (let i = 0; i < digits; i++) {
    if (i > 0 && i % GROUP_CHARS === 0) text[at++] = SPACE;
    text[at++] = DIGITS[((bytes[i >>> 1] ?? 0) >>> (i % 2 === 0 ? 4 : 0)) & 0xf] ?? 0;
  }
  return Secret.own(text);
}

/** @throws CustodyError `component-malformed` */
export function bytesOfHexGroups(text: Secret): Secret {
  const chars = text.expose();
  const bytes = secretBytes(Math.ceil(chars.length / 2));
  let digits = 0;
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? 0;
    if (char <= SPACE) continue;
    const value = digitOf(char);
    bytes[digits >>> 1] = (bytes[digits >>> 1] ?? 0) | (digits % 2 === 0 ? value << 4 : value);
    digits++;
  }
  const exact = Secret.copy(bytes.subarray(0, Math.ceil(digits / 2)));
  bytes.fill(0);
  if (digits % 2 === 0) return exact;
  exact.wipe();
  throw new CustodyError('component-malformed', 'a component has an even number of digits');
}

function digitOf(char: number): number {
  const small = char | 0x20;
  if (char >= 0x30 && char <= 0x39) return char - 0x30;
  if (small >= 0x61 && small <= 0x66) return small - 0x57;
  throw new CustodyError('component-malformed', 'a component is written in hexadecimal digits');
}
