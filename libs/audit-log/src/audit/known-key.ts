import { fingerprintOf, hexOf, isFingerprint } from '@ramz/custody';

const HEX = /^[0-9a-f]{64}$/;

/** @throws Error for a text that is neither a key nor a fingerprint */
export function assertKeyText(text: string): void {
  if (HEX.test(text) || isFingerprint(text)) return;
  throw new Error('--key is six groups of five digits in quotes (ramz audit key shows them), or 64 hexadecimal digits');
}

/** Returns whether a text is this key or its fingerprint. */
export function isKey(key: Uint8Array, text: string): boolean {
  return text === hexOf(key) || text === fingerprintOf(key);
}
