// FIPS 180-4, 5.1 and 5.2: pads a message with a one, zeros and its length, and parses it in
// blocks.
import type { HashName } from '@ramz/otp-core/engine';
import { type Compression, secretWords } from './compression.ts';
import { sha1Compression } from './sha1-compression.ts';
import { sha256Compression } from './sha256-compression.ts';
import { sha512Compression } from './sha512-compression.ts';

export const COMPRESSIONS: Readonly<Record<HashName, Compression>> = {
  sha1: sha1Compression,
  sha256: sha256Compression,
  sha512: sha512Compression,
};

// One set of buffers for all keys and messages, off the garbage-collected heap, where the collector
// would leave copies behind. A caller that hashes a secret wipes both buffers.
export const stateWords: Int32Array = secretWords(16);
export const blockWords: Int32Array = secretWords(32);
export const STATES: Readonly<Record<HashName, Int32Array>> = {
  sha1: stateWords.subarray(0, 5),
  sha256: stateWords.subarray(0, 8),
  sha512: stateWords,
};
export const BLOCKS: Readonly<Record<64 | 128, Int32Array>> = { 64: blockWords.subarray(0, 16), 128: blockWords };

/**
 * Computes the state after `message` and its padding, from a state after `seenBytes` in whole
 * blocks.
 */
export function absorb(hash: HashName, from: Int32Array, seenBytes: number, message: Uint8Array): void {
  const { blockBytes, compress } = COMPRESSIONS[hash];
  const [state, block] = [STATES[hash], BLOCKS[blockBytes]];
  for (let i = 0; i < from.length; i++) state[i] = from[i] as number;
  const marker = message.length % blockBytes;
  const whole = message.length - marker;
  for (let at = 0; at < whole; at += blockBytes) {
    writeBlock(block, message, at);
    compress(state, block);
  }
  writeBlock(block, message, whole);
  block[marker >> 2] = (block[marker >> 2] as number) | (0x80 << (24 - (marker & 3) * 8));
  // The length has two words. SHA-512 has four; the upper two are zero here.
  if (marker + 1 + blockBytes / 8 > blockBytes) {
    compress(state, block);
    for (let i = 0; i < block.length; i++) block[i] = 0;
  }
  const bits = (seenBytes + message.length) * 8;
  block[block.length - 2] = (block[block.length - 2] as number) | Math.floor(bits / 2 ** 32);
  block[block.length - 1] = bits;
  compress(state, block);
}

/**
 * Writes the bytes from `at` on as big-endian words, and zeros after their end. Reads them one by
 * one: destructuring would leave a copy in an array on the garbage-collected heap.
 */
export function writeBlock(block: Int32Array, bytes: Uint8Array, at: number): void {
  const whole = Math.min(block.length, (bytes.length - at) >> 2);
  for (let i = 0, from = at; i < whole; i++, from += 4) {
    block[i] =
      ((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number);
  }
  for (let i = whole; i < block.length; i++) block[i] = lastWord(bytes, at + i * 4);
}

/** Returns a word at or after the end of the bytes, padded with zeros. */
function lastWord(bytes: Uint8Array, at: number): number {
  let word = 0;
  for (let i = at; i < at + 4; i++) word = (word << 8) | (i < bytes.length ? (bytes[i] as number) : 0);
  return word;
}

/** Writes the state of a hash to `out` as a digest, big-endian. */
export function readState(hash: HashName, out: Uint8Array): void {
  const state = STATES[hash];
  for (let i = 0; i < out.length; i++) out[i] = (state[i >> 2] as number) >>> (24 - (i & 3) * 8);
}
