// Identifiers are hexadecimal, in small letters. These functions read digits without substrings.

/** Returns the value of a digit, 0 to 9 or a to f. The code of a letter has its seventh bit set. */
export function nibbleAt(hex: string, at: number): number {
  const code = hex.charCodeAt(at);
  return (code & 0xf) + (code >> 6) * 9;
}

/** Returns eight digits as a number. */
export function hexWordAt(hex: string, at: number): number {
  let word = 0;
  for (let i = at; i < at + 8; i++) word = (word << 4) | nibbleAt(hex, i);
  return word >>> 0;
}
