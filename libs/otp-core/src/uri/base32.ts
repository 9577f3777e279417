// RFC 4648, 6: Base32. Seeds are written in it, so it uses arithmetic: no table lookup and no
// branch depends on a secret, except on whether the text is well-formed.
import { OtpError } from '../errors.ts';
import { secretBytes } from '../secret.ts';

/** Longer than the text of the longest key (1,024 bytes). */
export const BASE32_CHARS_MAX = 1_640;

/**
 * Decodes upper-case Base32 without padding or with the correct padding. The bytes come from
 * `secretBytes`.
 * @throws OtpError `base32-format`
 */
export function decodeBase32(text: string): Uint8Array {
  const padded = text.indexOf('=');
  const characters = padded < 0 ? text.length : padded;
  if (text.length > BASE32_CHARS_MAX || !isWhole(characters) || !isPaddedRight(text, characters)) malformed();
  const bytes = secretBytes(Math.floor((characters * 5) / 8));
  let bits = 0;
  let bitCount = 0;
  let invalid = 0;
  for (let i = 0, at = 0; i < characters; i++) {
    const value = valueOf(text.charCodeAt(i));
    invalid |= value >> 31;
    bits = ((bits << 5) | (value & 31)) & 0xfff;
    bitCount += 5;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes[at++] = bits >>> bitCount;
  }
  if (invalid !== 0) {
    bytes.fill(0);
    malformed();
  }
  // Leftover bits must be zero, or two texts would decode to one secret.
  if ((bits & ((1 << bitCount) - 1)) !== 0) {
    bytes.fill(0);
    throw new OtpError('base32-format', 'its last character has bits that belong to no byte');
  }
  return bytes;
}

/**
 * Encodes as upper-case Base32 without padding, as in URIs. The text is a string and cannot be
 * wiped.
 */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let bitCount = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    bitCount += 8;
    while (bitCount >= 5) {
      bitCount -= 5;
      text += characterOf((bits >>> bitCount) & 31);
    }
  }
  return bitCount === 0 ? text : text + characterOf((bits << (5 - bitCount)) & 31);
}

/** Returns 0 to 31, or a negative number for a character outside Base32. */
function valueOf(code: number): number {
  const letter = within(code, 0x41, 0x5a);
  const digit = within(code, 0x32, 0x37);
  return ((code - 0x41) & letter) | ((code - 0x32 + 26) & digit) | ~(letter | digit);
}

/** Returns all ones when `low <= code <= high`, else zero. */
function within(code: number, low: number, high: number): number {
  return ~((code - low) >> 31) & ~((high - code) >> 31);
}

function characterOf(value: number): string {
  // 'A' to 'Z', then '2' to '7': '2' is 41 below 'A' + 26.
  return String.fromCharCode(0x41 + value - (((25 - value) >> 31) & 41));
}

/** Returns false for 1, 3 or 6 leftover characters, which cannot come from whole bytes. */
function isWhole(characters: number): boolean {
  return ![1, 3, 6].includes(characters % 8);
}

function isPaddedRight(text: string, characters: number): boolean {
  const padding = text.slice(characters);
  return padding === '' || (/^=+$/.test(padding) && text.length % 8 === 0 && padding.length < 8);
}

function malformed(): never {
  throw new OtpError('base32-format', 'must be upper-case Base32, without padding or with the correct padding');
}
