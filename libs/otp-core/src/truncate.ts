// RFC 4226 5.3: dynamic truncation. RFC 6238 1.2: for SHA-256 and SHA-512 the offset still comes from
// the last byte of the whole MAC.

/** The 31-bit number that the code is the decimal tail of. */
export function dynamicTruncate(mac: Uint8Array): number {
  const last = mac[mac.length - 1] ?? 0;
  const offset = last & 0x0f;
  // Every byte from 0 to 18 is read whatever the offset, and masked: the offset is secret, and the
  // addresses touched must not tell it.
  let word = 0;
  for (let start = 0; start < 16; start++) {
    const chosen = ((start ^ offset) - 1) >> 31;
    word |= readWord(mac, start) & chosen;
  }
  return word & 0x7fffffff;
}

function readWord(mac: Uint8Array, at: number): number {
  return ((mac[at] ?? 0) << 24) | ((mac[at + 1] ?? 0) << 16) | ((mac[at + 2] ?? 0) << 8) | (mac[at + 3] ?? 0);
}
