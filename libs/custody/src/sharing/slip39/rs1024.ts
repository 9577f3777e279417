// SLIP-39, "Checksum": a Reed-Solomon code over GF(1024). Detects up to three wrong words.

const GENERATOR = [
  0xe0e040, 0x1c1c080, 0x3838100, 0x7070200, 0xe0e0009, 0x1c0c2412, 0x38086c24, 0x3090fc48, 0x21b1f890, 0x3f3f120,
] as const;
export const CHECKSUM_WORDS = 3;

function polymod(customization: string, words: Uint16Array): number {
  let checksum = 1;
  const take = (value: number) => {
    const top = checksum >>> 20;
    checksum = ((checksum & 0xfffff) << 10) ^ value;
    for (let bit = 0; bit < 10; bit++) checksum ^= (GENERATOR[bit] ?? 0) & -((top >>> bit) & 1);
  };
  for (let i = 0; i < customization.length; i++) take(customization.charCodeAt(i));
  for (let i = 0; i < words.length; i++) take(words[i] ?? 0);
  return checksum;
}

/** Returns whether the last three words are the checksum of the words before them. */
export function checksumHolds(extendable: boolean, words: Uint16Array): boolean {
  return polymod(customizationOf(extendable), words) === 1;
}

/** Writes the checksum into the last three words. */
export function putChecksum(extendable: boolean, words: Uint16Array): void {
  const at = words.length - CHECKSUM_WORDS;
  words.fill(0, at);
  const checksum = polymod(customizationOf(extendable), words) ^ 1;
  for (let i = 0; i < CHECKSUM_WORDS; i++) words[at + i] = (checksum >>> (10 * (CHECKSUM_WORDS - 1 - i))) & 0x3ff;
}

function customizationOf(extendable: boolean): string {
  return extendable ? 'shamir_extendable' : 'shamir';
}
