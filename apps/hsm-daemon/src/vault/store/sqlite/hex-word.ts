/** Eight hexadecimal digits of a text as a number. */
export function hexWordAt(text: string, at: number): number {
  let word = 0;
  for (let i = at; i < at + 8; i++) {
    const code = text.charCodeAt(i);
    word = (word << 4) | (code < 0x3a ? code - 0x30 : code - 0x57);
  }
  return word >>> 0;
}
