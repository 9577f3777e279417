// RFC 4226, 5.3: dynamic truncation. RFC 6238, 1.2: for SHA-256 and SHA-512 too, the offset comes
// from the last byte of the whole MAC.

/**
 * Returns the 31-bit number whose last decimal digits are the code. Takes the MAC as big-endian
 * 32-bit words.
 */
export function truncateWords(mac: Int32Array): number {
  const offset = (mac[mac.length - 1] as number) & 0xf;
  const word = offset >>> 2;
  // Reads and masks all five words that offsets 0 to 15 can reach: the offset is secret, and
  // neither an address nor a branch may depend on it.
  const h0 = mac[0] as number;
  const h1 = mac[1] as number;
  const h2 = mac[2] as number;
  const h3 = mac[3] as number;
  const h4 = mac[4] as number;
  const is0 = isEqual(word, 0);
  const is1 = isEqual(word, 1);
  const is2 = isEqual(word, 2);
  const is3 = isEqual(word, 3);
  const first = (h0 & is0) | (h1 & is1) | (h2 & is2) | (h3 & is3);
  const second = (h1 & is0) | (h2 & is1) | (h3 & is2) | (h4 & is3);
  const byte = offset & 3;
  const joined =
    (first & isEqual(byte, 0)) |
    (((first << 8) | (second >>> 24)) & isEqual(byte, 1)) |
    (((first << 16) | (second >>> 16)) & isEqual(byte, 2)) |
    (((first << 24) | (second >>> 8)) & isEqual(byte, 3));
  return joined & 0x7fffffff;
}

// The longest MAC has sixteen words.
const words = new Int32Array(new ArrayBuffer(64));

/** Does the same as `truncateWords`, from the bytes of a MAC. */
export function dynamicTruncate(mac: Uint8Array): number {
  const count = mac.length >> 2;
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    words[i] =
      ((mac[at] as number) << 24) |
      ((mac[at + 1] as number) << 16) |
      ((mac[at + 2] as number) << 8) |
      (mac[at + 3] as number);
  }
  const truncated = truncateWords(words.subarray(0, count));
  for (let i = 0; i < count; i++) words[i] = 0;
  return truncated;
}

/** Returns all ones when two small numbers are equal, else zero. */
function isEqual(a: number, b: number): number {
  return ((a ^ b) - 1) >> 31;
}
