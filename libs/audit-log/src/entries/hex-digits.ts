// Identifiers are hexadecimal texts of small letters; these read their digits without making texts of parts of them.

/** The value of a digit from 0 to 9 or a to f: of a letter the code has its seventh bit set. */
export function nibbleAt(hex: string, at: number): number {
  const code = hex.charCodeAt(at);
  return (code & 0xf) + (code >> 6) * 9;
}

/** Eight digits as a number. */
export function hexWordAt(hex: string, at: number): number {
  let word = 0;
  for (let i = at; i < at + 8; i++) word = (word << 4) | nibbleAt(hex, i);
  return word >>> 0;
}
