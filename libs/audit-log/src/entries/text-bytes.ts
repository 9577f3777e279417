const encoder = new TextEncoder();

/**
 * Writes a text as UTF-8. Nearly all texts here are short ASCII, for which this loop is faster than
 * a call into the encoder.
 * @returns the offset after the text
 * @throws RangeError when there is no room for it
 */
export function writeText(into: Uint8Array, at: number, text: string): number {
  if (at + text.length > into.length) throw new RangeError('there is no room for the text');
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return writeEncoded(into, at, text);
    into[at + i] = unit;
  }
  return at + text.length;
}

function writeEncoded(into: Uint8Array, at: number, text: string): number {
  const { read, written } = encoder.encodeInto(text, into.subarray(at));
  if (read !== text.length) throw new RangeError('there is no room for the text');
  return at + written;
}
