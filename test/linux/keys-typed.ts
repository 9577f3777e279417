/** uapi/linux/input-event-codes.h: the keys that a token types. */
const KEYS: Readonly<Record<number, string>> = {
  2: '1',
  3: '2',
  4: '3',
  5: '4',
  6: '5',
  7: '6',
  8: '7',
  9: '8',
  10: '9',
  11: '0',
  15: '\t',
  28: '\n',
  30: 'a',
  50: 'm',
  44: 'z',
  46: 'c',
  48: 'b',
  32: 'd',
  18: 'e',
  33: 'f',
  34: 'g',
  35: 'h',
  23: 'i',
  36: 'j',
  37: 'k',
  38: 'l',
  49: 'n',
  19: 'r',
  20: 't',
  22: 'u',
  47: 'v',
};

/** Converts the output of the guest's key reader to the typed text. */
export function keysTyped(printed: string): string {
  const codes = [...printed.matchAll(/^key (\d+)$/gm)].map(([, code]) => Number(code));
  return codes.map((code) => KEYS[code] ?? `<${code}>`).join('');
}
