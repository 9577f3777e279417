// SLIP-39, "Format of the share mnemonic". Each word has 10 bits:
// id 15 | ext 1 | e 4 | GI 4 | Gt-1 4 | g-1 4 | I 4 | t-1 4 | zero padding and value | checksum 30.
import { Secret, secretBytes } from '@ramz/otp-core';
import { CustodyError } from '../../errors.ts';
import { CHECKSUM_WORDS, checksumHolds, putChecksum } from './rs1024.ts';
import { SECRET_BYTES_MAX, SECRET_BYTES_MIN, type Slip39Share } from './share.ts';
import { WORDLIST } from './wordlist.ts';

const WORD_BITS = 10;
const HEADER_WORDS = 4;
const METADATA_WORDS = HEADER_WORDS + CHECKSUM_WORDS;
/** The shortest mnemonic: for a secret of 16 bytes. */
export const MNEMONIC_WORDS_MIN: number = METADATA_WORDS + Math.ceil((SECRET_BYTES_MIN * 8) / WORD_BITS);
/** The longest mnemonic: limits hostile input. */
export const MNEMONIC_WORDS_MAX: number = METADATA_WORDS + Math.ceil((SECRET_BYTES_MAX * 8) / WORD_BITS);

/**
 * Returns the words of a share as numbers from 0 to 1,023, outside the garbage-collected heap. The
 * caller wipes them.
 */
export function wordsOfShare(share: Slip39Share): Uint16Array {
  const value = share.value.expose();
  const words = wordArray(METADATA_WORDS + Math.ceil((value.length * 8) / WORD_BITS));
  words.set(identifyingWords(share.identifier, share.extendable, share.iterationExponent));
  words[2] = (share.groupIndex << 6) | ((share.groupThreshold - 1) << 2) | ((share.groupCount - 1) >>> 2);
  words[3] = (((share.groupCount - 1) & 3) << 8) | (share.memberIndex << 4) | (share.memberThreshold - 1);
  putValue(words.subarray(HEADER_WORDS, words.length - CHECKSUM_WORDS), value);
  putChecksum(share.extendable, words);
  return words;
}

/** Returns the first two words of every extendable share with this identifier. */
export function beginningOfWords(identifier: number, iterationExponent: number): string {
  return identifyingWords(identifier, true, iterationExponent)
    .map((number) => WORDLIST[number] ?? '')
    .join(' ');
}

function identifyingWords(identifier: number, extendable: boolean, iterationExponent: number): number[] {
  return [identifier >>> 5, ((identifier & 0x1f) << 5) | (Number(extendable) << 4) | iterationExponent];
}

/**
 * Returns the share that these words encode.
 * @throws CustodyError `mnemonic-length`, `checksum-wrong`, `padding-wrong`, `secret-length`,
 * `group-threshold-range`
 */
export function shareOfWords(words: Uint16Array): Slip39Share {
  if (words.length < MNEMONIC_WORDS_MIN || words.length > MNEMONIC_WORDS_MAX) {
    throw new CustodyError(
      'mnemonic-length',
      `a share has ${MNEMONIC_WORDS_MIN} to ${MNEMONIC_WORDS_MAX} words, not ${words.length}`,
    );
  }
  const at = (i: number) => words[i] ?? 0;
  const extendable = ((at(1) >>> 4) & 1) === 1;
  if (!checksumHolds(extendable, words)) {
    throw new CustodyError('checksum-wrong', 'a word is wrong: the checksum of the words does not hold');
  }
  const groupThreshold = ((at(2) >>> 2) & 0xf) + 1;
  const groupCount = (((at(2) & 3) << 2) | (at(3) >>> 8)) + 1;
  if (groupThreshold > groupCount) {
    throw new CustodyError('group-threshold-range', 'the group threshold of the share is above its number of groups');
  }
  return {
    identifier: (at(0) << 5) | (at(1) >>> 5),
    extendable,
    iterationExponent: at(1) & 0xf,
    groupIndex: at(2) >>> 6,
    groupThreshold,
    groupCount,
    memberIndex: (at(3) >>> 4) & 0xf,
    memberThreshold: (at(3) & 0xf) + 1,
    value: valueOf(words.subarray(HEADER_WORDS, words.length - CHECKSUM_WORDS)),
  };
}

/** Returns an array of words in memory that the garbage collector does not copy. */
export function wordArray(length: number): Uint16Array {
  return new Uint16Array(secretBytes(length * 2).buffer);
}

function putValue(words: Uint16Array, value: Uint8Array): void {
  const padding = words.length * WORD_BITS - value.length * 8;
  for (let bit = 0; bit < value.length * 8; bit++) {
    const one = ((value[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1;
    const to = bit + padding;
    const word = Math.floor(to / WORD_BITS);
    words[word] = (words[word] ?? 0) | (one << (WORD_BITS - 1 - (to % WORD_BITS)));
  }
}

function valueOf(words: Uint16Array): Secret {
  const bits = words.length * WORD_BITS;
  // SLIP-39: the padding is at most 8 bits, and the value is a multiple of 16 bits.
  const bytes = Math.floor(bits / 16) * 2;
  const padding = bits - bytes * 8;
  if (padding > 8) throw new CustodyError('secret-length', 'no share has this number of words');
  if ((words[0] ?? 0) >>> (WORD_BITS - padding) !== 0) {
    throw new CustodyError('padding-wrong', 'the padding of the share is not zero');
  }
  const value = secretBytes(bytes);
  for (let bit = 0; bit < bytes * 8; bit++) {
    const from = bit + padding;
    const one = ((words[Math.floor(from / WORD_BITS)] ?? 0) >>> (WORD_BITS - 1 - (from % WORD_BITS))) & 1;
    value[bit >>> 3] = (value[bit >>> 3] ?? 0) | (one << (7 - (bit & 7)));
  }
  return Secret.own(value);
}
