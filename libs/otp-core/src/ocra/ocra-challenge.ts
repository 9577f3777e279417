// RFC 6287, 5.1: the challenge Q always has 128 bytes, right-padded with zeros.
import { OtpError } from '../errors.ts';
import type { ChallengeKind } from './ocra-suite.ts';

export const CHALLENGE_BYTES = 128;

const ALPHABETS: Readonly<Record<ChallengeKind, RegExp>> = { A: /^[0-9A-Za-z]+$/, N: /^[0-9]+$/, H: /^[0-9A-Fa-f]+$/ };

/**
 * Returns Q as the bytes of the data input. A number is written in hexadecimal without leading
 * zeros and padded by nibbles, as in the RFC's reference implementation.
 *
 * @param length the exact number of characters: "7" and "007" would hash alike
 * @param allowCollisions accepts numbers that hash like another number of the same length: 16
 * hashes like 1, because a trailing zero nibble looks like padding
 * @throws OtpError `challenge-format`, `challenge-collides`
 */
export function encodeChallenge(
  kind: ChallengeKind,
  text: string,
  length: number,
  allowCollisions: boolean,
): Uint8Array {
  if (text.length !== length || !ALPHABETS[kind].test(text)) {
    throw new OtpError('challenge-format', `the challenge must be ${length} characters of kind ${kind}`);
  }
  const challenge = new Uint8Array(CHALLENGE_BYTES);
  if (kind === 'A') writeAscii(challenge, text);
  else writeNibbles(challenge, kind === 'H' ? text : numberToHex(text, allowCollisions));
  return challenge;
}

function numberToHex(text: string, allowCollisions: boolean): string {
  const hex = BigInt(text).toString(16);
  if (!allowCollisions && hex.length > 1 && hex.endsWith('0')) {
    throw new OtpError('challenge-collides', 'the number is a multiple of 16: another challenge is hashed like it');
  }
  return hex;
}

function writeAscii(into: Uint8Array, text: string): void {
  for (let i = 0; i < text.length; i++) into[i] = text.charCodeAt(i);
}

function writeNibbles(into: Uint8Array, hex: string): void {
  for (let i = 0; i < hex.length; i++) {
    const nibble = Number.parseInt(hex.charAt(i), 16);
    into[i >> 1] = (into[i >> 1] ?? 0) | (nibble << (i % 2 === 0 ? 4 : 0));
  }
}
