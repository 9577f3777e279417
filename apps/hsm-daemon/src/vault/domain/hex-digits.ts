// Identifiers are hexadecimal texts of small letters; these read their digits without making texts of parts of them.

/** The value of a digit from 0 to 9 or a to f. */
export function nibbleAt(hex: string, at: number): number {
  const code = hex.charCodeAt(at);
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

/** Eight digits as a number. */
export function hexWordAt(hex: string, at: number): number {
  let word = 0;
  for (let i = at; i < at + 8; i++) word = (word << 4) | nibbleAt(hex, i);
  return word >>> 0;
}
