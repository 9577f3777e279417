// RFC 2104 on midstates of 32-bit words.
import type { HashName, Midstates } from '@ramz/otp-core/engine';
import { absorb, BLOCKS, blockWords, COMPRESSIONS, readState, STATES, stateWords, writeBlock } from './hash/absorb.ts';
import { type Compression, secretWords } from './hash/compression.ts';
import type { MidstateWords } from './kernel/otp-kernel.ts';

/** Midstates as words; all zero without a key. */
export interface WordMidstates extends Midstates, MidstateWords {}

const COUNTER_BYTES = 8;

// Each MAC is read before the next one is made, so one buffer for all keys is enough.
const OUT = {
  sha1: new Uint8Array(new ArrayBuffer(20)),
  sha256: new Uint8Array(new ArrayBuffer(32)),
  sha512: new Uint8Array(new ArrayBuffer(64)),
} as const;

export function reserveWords(hash: HashName): WordMidstates {
  const size = COMPRESSIONS[hash].digestWords;
  const words = secretWords(size * 2);
  return { hash, inner: words.subarray(0, size), outer: words.subarray(size) };
}

/** Computes the midstates of `key`. Leaves no other trace of the key in memory. */
export function fillWords({ hash, inner, outer }: WordMidstates, key: Uint8Array): void {
  const short = key.length <= COMPRESSIONS[hash].blockBytes ? key : hashed(hash, key);
  padBlock(hash, short, INNER_PAD, inner);
  padBlock(hash, short, OUTER_PAD, outer);
  forgetWork(hash);
}

export function wipeWords({ inner, outer }: WordMidstates): void {
  inner.fill(0);
  outer.fill(0);
}

/** Returns the MAC in a buffer that the next MAC of this hash overwrites. */
export function macOfWords({ hash, inner, outer }: WordMidstates, message: Uint8Array): Uint8Array {
  const out = OUT[hash];
  absorb(hash, inner, COMPRESSIONS[hash].blockBytes, message);
  absorbDigest(WORK[hash], outer);
  readState(hash, out);
  return out;
}

/** Wipes the last MAC of a hash and its working memory. */
export function forgetWork(hash: HashName): void {
  OUT[hash].fill(0);
  stateWords.fill(0);
  blockWords.fill(0);
}

/**
 * The values that a code of one hash needs, looked up once. The bits are the lengths of the two
 * messages.
 */
interface Work {
  readonly state: Int32Array;
  readonly block: Int32Array;
  readonly words: number;
  readonly last: number;
  readonly compress: Compression['compress'];
  readonly innerBits: number;
  readonly outerBits: number;
}

const workOf = (hash: HashName): Work => {
  const { blockBytes, digestWords: words, compress } = COMPRESSIONS[hash];
  const block = BLOCKS[blockBytes];
  const innerBits = (blockBytes + COUNTER_BYTES) * 8;
  const outerBits = (blockBytes + words * 4) * 8;
  return { state: STATES[hash], block, words, last: block.length - 1, compress, innerBits, outerBits };
};
const WORK = { sha1: workOf('sha1'), sha256: workOf('sha256'), sha512: workOf('sha512') } as const;

/**
 * Returns the digest words of HMAC at a counter, in a buffer that the next call overwrites. Takes
 * two compressions: of the 8-byte counter, and of the inner digest. Uses loops, because `fill` and
 * `set` are slower for a few words.
 */
export function macWordsAt({ hash, inner, outer }: WordMidstates, high: number, low: number): Int32Array {
  const work = WORK[hash];
  const { state, block, words, last, compress } = work;
  block[0] = high;
  block[1] = low;
  block[2] = 0x80000000;
  for (let i = 3; i < last; i++) block[i] = 0;
  block[last] = work.innerBits;
  for (let i = 0; i < words; i++) state[i] = inner[i] as number;
  compress(state, block);
  absorbDigest(work, outer);
  return state;
}

/** Wipes what `macWordsAt` leaves in memory: the MAC and the inner digest. */
export function forgetMacWords(hash: HashName): void {
  const count = COMPRESSIONS[hash].digestWords;
  for (let i = 0; i < count; i++) {
    stateWords[i] = 0;
    blockWords[i] = 0;
  }
}

/** Hashes the state, which is the inner digest, from the outer midstate. */
function absorbDigest({ state, block, words, last, compress, outerBits }: Work, outer: Int32Array): void {
  for (let i = 0; i < words; i++) {
    block[i] = state[i] as number;
    state[i] = outer[i] as number;
  }
  block[words] = 0x80000000;
  for (let i = words + 1; i < last; i++) block[i] = 0;
  block[last] = outerBits;
  compress(state, block);
}

const INNER_PAD = 0x36363636;
const OUTER_PAD = 0x5c5c5c5c;

/** Computes the state after the key's padded block, XORed with `pad`, into `state`. */
function padBlock(hash: HashName, key: Uint8Array, pad: number, state: Int32Array): void {
  const { blockBytes, initial, compress } = COMPRESSIONS[hash];
  const block = BLOCKS[blockBytes];
  writeBlock(block, key, 0);
  for (let i = 0; i < block.length; i++) block[i] = (block[i] as number) ^ pad;
  for (let i = 0; i < state.length; i++) state[i] = initial[i] as number;
  compress(state, block);
}

/** Hashes a key that is longer than a block (RFC 2104). Returns the shared buffer of this hash. */
function hashed(hash: HashName, key: Uint8Array): Uint8Array {
  absorb(hash, COMPRESSIONS[hash].initial, 0, key);
  readState(hash, OUT[hash]);
  return OUT[hash];
}
