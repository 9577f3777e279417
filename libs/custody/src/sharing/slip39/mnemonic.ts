// SLIP-39, "Wordlist": 1,024 words, each identified by its first four letters.
import { Secret, secretBytes } from '@ramz/otp-core';
import { CustodyError } from '../../errors.ts';
import { MNEMONIC_WORDS_MAX, wordArray } from './share-words.ts';
import { WORDLIST } from './wordlist.ts';

const PREFIX_CHARS = 4;
const LONGEST_WORD = 8;
const SPACE = 0x20;
const numbers = new Map(WORDLIST.map((word, i) => [word.slice(0, PREFIX_CHARS), i]));

/** Returns the words, separated by single spaces, as ASCII bytes. The caller wipes the result. */
export function textOfWords(words: Uint16Array): Secret {
  const text = secretBytes(words.length * (LONGEST_WORD + 1));
  let length = 0;
  words.forEach((number, i) => {
    if (i > 0) text[length++] = SPACE;
    const word = WORDLIST[number] ?? '';
    for (let c = 0; c < word.length; c++) text[length++] = word.charCodeAt(c);
  });
  const exact = Secret.copy(text.subarray(0, length));
  text.fill(0);
  return exact;
}

/**
 * Returns the number of each word in a text. Between words there may be any spaces and line ends.
 * Upper and lower case are equal.
 * @throws CustodyError `word-unknown` with the word's place, `mnemonic-length`
 */
export function wordsOfText(text: Secret): Uint16Array {
  const bytes = text.expose();
  const words = wordArray(MNEMONIC_WORDS_MAX);
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = wordEnd(bytes, at);
    if (end > at) {
      if (count === MNEMONIC_WORDS_MAX)
        throw new CustodyError('mnemonic-length', 'these are too many words for a share');
      words[count++] = wordNumber(String.fromCharCode(...bytes.subarray(at, end)), count);
    }
    at = end + 1;
  }
  const exact = wordArray(count);
  exact.set(words.subarray(0, count));
  words.fill(0);
  return exact;
}

/** Returns the words that begin with `prefix`, in alphabetical order. */
export function completions(prefix: string): readonly string[] {
  return WORDLIST.filter((word) => word.startsWith(prefix));
}

function wordEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) > SPACE) at++;
  return at;
}

function wordNumber(typed: string, place: number): number {
  const word = typed.toLowerCase();
  const number = numbers.get(word.slice(0, PREFIX_CHARS));
  if (number === undefined || !(WORDLIST[number] ?? '').startsWith(word)) {
    throw new CustodyError('word-unknown', `word ${place} is not in the list of words`);
  }
  return number;
}
