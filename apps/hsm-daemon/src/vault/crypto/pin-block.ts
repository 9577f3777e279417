// ISO 9564-1:2017, 9.4.2: PIN block format 4, E(E(PIN field) xor PAN field). The card number is
// mixed in between the two AES operations, so that a block of one card is not valid for another.
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { PIN_BLOCK_BYTES } from '../../boundary/limits.ts';

const FORMAT = 4;
const FILL = 0xa;
const PIN_NIBBLES = 16;
const PIN_DIGITS_MIN = 4;
const PIN_DIGITS_MAX = 12;
/** The first nibble of the PAN field is the number of digits beyond 12. */
const PAN_DIGITS_MIN = 12;

/**
 * Returns the digits in a block; undefined when it is malformed or belongs to another key or card.
 * The cases look the same, here and outside: a caller that could see the difference could learn
 * about a PIN by changing blocks.
 */
export function openPinBlock(key: KeyObject, block: Uint8Array, cardNumber: string): string | undefined {
  const field = decrypt(key, xor(decrypt(key, block), panField(cardNumber)));
  const nibbles = Array.from({ length: PIN_NIBBLES }, (_, i) => nibbleOf(field, i));
  const [format, length = 0, ...rest] = nibbles;
  const isLength = length >= PIN_DIGITS_MIN && length <= PIN_DIGITS_MAX;
  const digits = rest.slice(0, isLength ? length : 0);
  const fill = rest.slice(digits.length);
  const isSound = format === FORMAT && isLength && digits.every((digit) => digit <= 9);
  return isSound && fill.every((nibble) => nibble === FILL) ? digits.join('') : undefined;
}

/**
 * Seals a PIN into a block, for a system that has the same key.
 * @param random 8 bytes, fresh for each block
 */
export function sealPinBlock(key: KeyObject, pin: string, cardNumber: string, random: Uint8Array): Uint8Array {
  const field = new Uint8Array(PIN_BLOCK_BYTES);
  const text = `${FORMAT}${pin.length.toString(16)}${pin}`.padEnd(PIN_NIBBLES, FILL.toString(16));
  field.set(Buffer.from(text, 'hex'));
  field.set(random.subarray(0, PIN_BLOCK_BYTES / 2), PIN_BLOCK_BYTES / 2);
  return encrypt(key, xor(encrypt(key, field), panField(cardNumber)));
}

function panField(cardNumber: string): Uint8Array {
  const text = `${(cardNumber.length - PAN_DIGITS_MIN).toString(16)}${cardNumber}`.padEnd(PIN_BLOCK_BYTES * 2, '0');
  return Buffer.from(text, 'hex');
}

function nibbleOf(bytes: Uint8Array, i: number): number {
  const byte = bytes[i >> 1] ?? 0;
  return i % 2 === 0 ? byte >> 4 : byte & 0xf;
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}

/** ISO 9564-1 allows AES keys of 128, 192 and 256 bits. ECB: a single block needs no mode. */
function cipherOf({ symmetricKeySize: bytes = 0 }: KeyObject): 'aes-128-ecb' | 'aes-192-ecb' | 'aes-256-ecb' {
  if (bytes === 16) return 'aes-128-ecb';
  return bytes === 24 ? 'aes-192-ecb' : 'aes-256-ecb';
}

function decrypt(key: KeyObject, block: Uint8Array): Uint8Array {
  const cipher = createDecipheriv(cipherOf(key), key, null).setAutoPadding(false);
  return cipher.update(block);
}

function encrypt(key: KeyObject, block: Uint8Array): Uint8Array {
  const cipher = createCipheriv(cipherOf(key), key, null).setAutoPadding(false);
  return cipher.update(block);
}
