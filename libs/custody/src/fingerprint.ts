import { sha256 } from '@noble/hashes/sha2.js';

const GROUPS = 6;
const GROUP_BYTES = 5;
const GROUP_DIGITS = 5;

/**
 * Returns the fingerprint of one or more public keys: six groups of five digits (99 bits). Short
 * enough to read aloud in any language, too long to find a second key with the same one.
 */
export function fingerprintOf(...publicKeys: readonly Uint8Array[]): string {
  const hash = sha256.create();
  for (const key of publicKeys) hash.update(Uint8Array.of(key.length)).update(key);
  const digest = hash.digest();
  const group = (i: number) => {
    let value = 0;
    for (let b = 0; b < GROUP_BYTES; b++) value = value * 256 + (digest[i * GROUP_BYTES + b] ?? 0);
    return String(value % 10 ** GROUP_DIGITS).padStart(GROUP_DIGITS, '0');
  };
  return Array.from({ length: GROUPS }, (_, i) => group(i)).join(' ');
}

/** Returns whether a text has the form of a fingerprint. */
export function isFingerprint(text: string): boolean {
  return /^(\d{5} ){5}\d{5}$/.test(text);
}
