import { Secret, secretBytes } from '@ramz/otp-core';
import type { RandomBytes } from '../entropy.ts';
import { CustodyError } from '../errors.ts';
import { bytesOfHexGroups, hexGroups } from '../hex-groups.ts';
import { assertFits, combineMaster } from './slip39/combine-master.ts';
import { textOfWords, wordsOfText } from './slip39/mnemonic.ts';
import { SHARES_MAX, type Slip39Share } from './slip39/share.ts';
import { beginningOfWords, shareOfWords, wordArray, wordsOfShare } from './slip39/share-words.ts';
import { splitMaster } from './slip39/split-master.ts';
import {
  assertComponentFits,
  beginningOfComponent,
  COMPONENTS_MIN,
  combineXor,
  decodeComponent,
  encodeComponent,
  splitXor,
  type XorComponent,
} from './xor-components.ts';

export const SCHEME_NAMES = ['slip39', 'xor'] as const;
/** How a key is split: any k of n shares (SLIP-39), or all n components (XOR). */
export type SchemeName = (typeof SCHEME_NAMES)[number];

/** With 1, each share would be the secret itself, which no custodian may hold. */
export const THRESHOLD_MIN = 2;

/** The label of a share. Not secret. */
export interface ShareLabel {
  readonly identifier: number;
  /** From 1. */
  readonly index: number;
  readonly threshold: number;
}

/**
 * A scheme to split a 256-bit key among custodians. A share is sent as bytes (`encoded`), and
 * people read and type it as text. The caller wipes both.
 */
export interface SharingScheme {
  readonly name: SchemeName;
  /** @throws CustodyError `threshold-range` */
  split(secret: Secret, threshold: number, count: number, identifier: number, random: RandomBytes): Secret[];
  /** @throws CustodyError with the reason why these are not a share, or do not fit those held */
  check(encoded: Secret, held: readonly Secret[]): ShareLabel;
  /** @throws CustodyError as `check`; `shares-too-few`, `secret-digest-wrong` */
  combine(encoded: readonly Secret[]): Secret;
  text(encoded: Secret): Secret;
  /** Returns the beginning of the text of every share with this identifier. Not secret. */
  beginning(identifier: number): string;
  /** @throws CustodyError that names the wrong word or digit, if it can be known */
  read(text: Secret): Secret;
}

export function sharingScheme(name: SchemeName): SharingScheme {
  return name === 'slip39' ? slip39Scheme : xorScheme;
}

/** Draws a 15-bit identifier. Its lowest bit is the realm, to recognize the other's shares. */
export function drawIdentifier(realm: 'test' | 'live', random: RandomBytes): number {
  const drawn = random(2);
  const identifier = (((drawn[0] ?? 0) << 8) | (drawn[1] ?? 0)) & 0x7ffe;
  return identifier | Number(realm === 'test');
}

export function realmOfIdentifier(identifier: number): 'test' | 'live' {
  return (identifier & 1) === 1 ? 'test' : 'live';
}

/** The smallest: the key has 256 random bits, and no passphrase to protect from guessing. */
const ITERATION_EXPONENT = 0;

const slip39Scheme: SharingScheme = {
  name: 'slip39',
  split(secret, threshold, count, identifier, random) {
    if (threshold < THRESHOLD_MIN || threshold > count || count > SHARES_MAX) {
      throw new CustodyError(
        'threshold-range',
        `a threshold is ${THRESHOLD_MIN} to the number of shares, at most ${SHARES_MAX}`,
      );
    }
    const plan = { identifier, extendable: true, iterationExponent: ITERATION_EXPONENT, passphrase: '' };
    const [shares = []] = splitMaster(secret, { ...plan, groupThreshold: 1, groups: [{ threshold, count }] }, random);
    return withWiped(shares, (share) => encodeWords(wordsOfShare(share)));
  },
  check(encoded, held) {
    const share = decodeShare(encoded);
    const others = held.map(decodeShare);
    try {
      assertFits(share, others);
      return { identifier: share.identifier, index: share.memberIndex + 1, threshold: share.memberThreshold };
    } finally {
      for (const { value } of [share, ...others]) value.wipe();
    }
  },
  combine: (encoded) => withAllWiped(encoded.map(decodeShare), (shares) => combineMaster(shares, '')),
  text(encoded) {
    const words = decodeWords(encoded);
    const text = textOfWords(words);
    words.fill(0);
    return text;
  },
  beginning: (identifier) => beginningOfWords(identifier, ITERATION_EXPONENT),
  read(text) {
    const words = wordsOfText(text);
    try {
      shareOfWords(words).value.wipe();
      return encodeWords(words);
    } finally {
      words.fill(0);
    }
  },
};

const xorScheme: SharingScheme = {
  name: 'xor',
  split(secret, threshold, count, identifier, random) {
    if (threshold !== count || count < COMPONENTS_MIN) {
      throw new CustodyError(
        'threshold-range',
        'all components make the key: the threshold is their number, 2 or more',
      );
    }
    return withWiped(splitXor(secret, identifier, count, random), encodeComponent);
  },
  check(encoded, held) {
    const component = decodeComponent(encoded);
    const others = held.map(decodeComponent);
    try {
      assertComponentFits(component, others);
      return { identifier: component.identifier, index: component.index, threshold: component.count };
    } finally {
      for (const { value } of [component, ...others]) value.wipe();
    }
  },
  combine: (encoded) => withAllWiped<XorComponent, Secret>(encoded.map(decodeComponent), combineXor),
  text: hexGroups,
  beginning: beginningOfComponent,
  read(text) {
    const encoded = bytesOfHexGroups(text);
    try {
      decodeComponent(encoded).value.wipe();
      return encoded;
    } catch (error) {
      encoded.wipe();
      throw error;
    }
  },
};

function withWiped<T extends { readonly value: Secret }>(parts: readonly T[], encode: (part: T) => Secret): Secret[] {
  const encoded = parts.map(encode);
  for (const { value } of parts) value.wipe();
  return encoded;
}

function withAllWiped<T extends { readonly value: Secret }, R>(
  parts: readonly T[],
  use: (parts: readonly T[]) => R,
): R {
  try {
    return use(parts);
  } finally {
    for (const { value } of parts) value.wipe();
  }
}

// A word is two bytes, big-endian.
function encodeWords(words: Uint16Array): Secret {
  const bytes = secretBytes(words.length * 2);
  for (let i = 0; i < words.length; i++) {
    bytes[i * 2] = (words[i] ?? 0) >>> 8;
    bytes[i * 2 + 1] = (words[i] ?? 0) & 0xff;
  }
  words.fill(0);
  return Secret.own(bytes);
}

function decodeWords(encoded: Secret): Uint16Array {
  const bytes = encoded.expose();
  const words = wordArray(bytes.length >>> 1);
  for (let i = 0; i < words.length; i++) words[i] = ((bytes[i * 2] ?? 0) << 8) | (bytes[i * 2 + 1] ?? 0);
  if (bytes.length % 2 === 0 && words.every((word) => word < 1024)) return words;
  throw new CustodyError('mnemonic-length', 'these bytes are not words of a share');
}

function decodeShare(encoded: Secret): Slip39Share {
  const words = decodeWords(encoded);
  try {
    return shareOfWords(words);
  } finally {
    words.fill(0);
  }
}
