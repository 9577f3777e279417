// What an app seals to the activation key: both codes and its own public key, in fields of a fixed
// size, so that the size of an envelope says nothing.

/** Room for a code of 16 digits; the rest is zero bytes. */
export const CODE_FIELD_BYTES = 16;
const KEY_BYTES = 32;
export const CODES_BYTES: number = 2 * CODE_FIELD_BYTES + KEY_BYTES;

export interface TypedCodes {
  /** Both code fields, 32 bytes. Owned by the caller. */
  readonly codes: Uint8Array;
  /** X25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/**
 * Writes the fields into 64 bytes, which their owner wipes.
 * @param text empty where there is no text
 * @throws RangeError for a code that is too long
 */
export function writeCodes(printed: Uint8Array, text: Uint8Array, publicKey: Uint8Array, into: Uint8Array): void {
  if (printed.length > CODE_FIELD_BYTES || text.length > CODE_FIELD_BYTES || publicKey.length !== KEY_BYTES) {
    throw new RangeError(`a code has at most ${CODE_FIELD_BYTES} digits, and a key ${KEY_BYTES} bytes`);
  }
  into.fill(0);
  into.set(printed);
  into.set(text, CODE_FIELD_BYTES);
  into.set(publicKey, 2 * CODE_FIELD_BYTES);
}

/** Returns views of the fields; undefined for bytes of another size. */
export function codesOf(bytes: Uint8Array): TypedCodes | undefined {
  if (bytes.length !== CODES_BYTES) return undefined;
  return { codes: bytes.subarray(0, 2 * CODE_FIELD_BYTES), publicKey: bytes.subarray(2 * CODE_FIELD_BYTES) };
}
