const CRC16_START = 0xffff;
const CRC16_REFLECTED = 0x8408;

/**
 * Computes the CRC of ISO/IEC 13239, least significant bit first. The sender may have to invert it.
 */
export function crc16(bytes: Uint8Array): number {
  let crc = CRC16_START;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ CRC16_REFLECTED : crc >>> 1;
  }
  return crc;
}

/** The CRC of bytes that end with their own inverted CRC. */
export const CRC16_RESIDUAL = 0xf0b8;

/** Returns the bytes followed by their inverted CRC, little-endian. */
export function withCrc16(bytes: Uint8Array): Uint8Array {
  const crc = ~crc16(bytes) & 0xffff;
  return Uint8Array.of(...bytes, crc & 0xff, crc >> 8);
}

const CRC32_POLYNOMIAL = 0x04c11db7;

/**
 * Computes a CRC like an STM32's CRC unit: 32-bit words, little-endian in memory, highest bit
 * first.
 */
export function crc32OfWords(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let crc = 0xffffffff;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    crc ^= view.getUint32(at, true);
    for (let bit = 0; bit < 32; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ CRC32_POLYNOMIAL : crc << 1;
  }
  return crc >>> 0;
}
