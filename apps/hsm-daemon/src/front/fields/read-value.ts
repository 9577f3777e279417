import { PUBLIC_KEY_BYTES } from '@ramz/custody';
import { MalformedRequest } from '../errors/front-errors.ts';

export function readBytes(field: string, bytes: Uint8Array, lengthMin: number, lengthMax: number): Uint8Array {
  if (bytes.length >= lengthMin && bytes.length <= lengthMax) return Uint8Array.from(bytes);
  const wanted = lengthMin === lengthMax ? `${lengthMin}` : `${lengthMin} to ${lengthMax}`;
  throw new MalformedRequest(field, `must be ${wanted} bytes`);
}

/**
 * Reads a name of another system: 1 to `lengthMax` printable ASCII characters, safe in a log, in a
 * terminal and in a certificate. A space at an end is rejected: with it one thing had two names.
 */
export function readName(field: string, text: string, lengthMax: number): string {
  if (text.length < 1 || text.length > lengthMax || !/^[\x20-\x7e]+$/.test(text)) {
    throw new MalformedRequest(field, `must be 1 to ${lengthMax} printable ASCII characters`);
  }
  if (text !== text.trim()) throw new MalformedRequest(field, 'must not begin or end with a space');
  return text;
}

export function readPublicKey(field: string, bytes: Uint8Array): Uint8Array {
  if (bytes.length !== PUBLIC_KEY_BYTES) throw new MalformedRequest(field, `must be ${PUBLIC_KEY_BYTES} bytes`);
  return Uint8Array.from(bytes);
}

/** Reads a 64-bit field, which the codec gives as text. */
export function readIndex(field: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new MalformedRequest(field, 'must be a whole number below 2^53');
  return value;
}
