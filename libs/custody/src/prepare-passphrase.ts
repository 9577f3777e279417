// RFC 8265, 4.2 (OpaqueString) and SP 800-63B: one passphrase is one sequence of bytes, on any
// keyboard or system that it is typed on.
import { Secret } from '@ramz/otp-core';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const ASCII_MAX = 0x7f;

/**
 * Returns the bytes that a passphrase is hashed as: composed (NFC), every space as U+0020, without
 * the byte order mark and carriage return of a file. The caller wipes both.
 */
export function preparePassphrase(passphrase: Secret): Secret {
  const bytes = withoutFileMarks(passphrase.expose());
  if (bytes.every((byte) => byte <= ASCII_MAX)) return Secret.copy(bytes);
  // Only a string can be composed. It lies on the heap until it is collected, as it does in the
  // terminal of the person who typed it; a passphrase in ASCII never becomes one.
  const text = new TextDecoder()
    .decode(bytes)
    .normalize('NFC')
    .replaceAll(/\p{Zs}/gu, ' ');
  return Secret.own(new TextEncoder().encode(text));
}

/** Returns the passphrase of a file, its first line, and wipes the bytes of the file. */
export function passphraseOfFile(bytes: Uint8Array): Secret {
  const end = bytes.indexOf(LINE_FEED);
  const passphrase = Secret.copy(end < 0 ? bytes : bytes.subarray(0, end));
  bytes.fill(0);
  return passphrase;
}

/** A person's passphrase guards a share; a shorter one could be tried out. */
export const PASSPHRASE_CHARACTERS_MIN = 12;

/** Returns whether a passphrase, as it is hashed, has enough characters. */
export function isLongPassphrase(passphrase: Secret): boolean {
  using prepared = preparePassphrase(passphrase);
  return charactersIn(prepared) >= PASSPHRASE_CHARACTERS_MIN;
}

/** The number of characters that a person typed. */
export function charactersIn(passphrase: Secret): number {
  // A byte of the form 10xxxxxx continues a character.
  return passphrase.expose().reduce((count, byte) => count + Number((byte & 0xc0) !== 0x80), 0);
}

function withoutFileMarks(bytes: Uint8Array): Uint8Array {
  const first = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
  const last = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  return bytes.subarray(first, last);
}
