import { sha256 } from '@noble/hashes/sha2.js';

const GROUPS = 6;
const GROUP_BYTES = 5;
const GROUP_DIGITS = 5;

/**
 * A public key, or several, as six groups of five digits (99 bits): short enough to read aloud in any
 * language, too many to find a second key for.
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

/** Whether a text has the form that `fingerprintOf` gives. */
export function isFingerprint(text: string): boolean {
  return /^(\d{5} ){5}\d{5}$/.test(text);
}
