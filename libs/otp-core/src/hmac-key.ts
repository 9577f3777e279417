// RFC 2104: HMAC(K, m) = H((K ^ opad) || H((K ^ ipad) || m)).
import { COUNTER_BYTES } from './counter.ts';
import { OtpError } from './errors.ts';
import { absorb, BLOCKS, blockWords, COMPRESSIONS, readState, STATES, stateWords, writeBlock } from './hash/absorb.ts';
import { type Compression, type HashName, secretWords } from './hash/compression.ts';
import type { Midstates } from './kernel/otp-kernel.ts';
import { redactInspection, type Secret, secretBytes } from './secret.ts';

/** Bytes of a MAC. */
export const MAC_BYTES: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 64 };

/** RFC 4226 4, R6: the shared secret is at least 128 bits. */
export const KEY_BYTES_MIN = 16;
/** No seed in the field is longer; a limit keeps a hostile import from costing time. */
export const KEY_BYTES_MAX = 1024;

const REDACTED = '[hmac key]';

// A MAC is read before the next one is made: one buffer for all keys is enough.
const OUT = { sha1: secretBytes(20), sha256: secretBytes(32), sha512: secretBytes(64) } as const;

/** The midstates themselves, for the package's own fast paths; not at its door. @throws OtpError `key-wiped` */
export let midstatesOf: (key: HmacKey) => Midstates;
/** A key over midstates that whoever made them may fill anew, for the package's own use; not at its door. */
export let keyOver: (hash: HashName, midstates: Midstates) => HmacKey;

/**
 * One key as the two states that hashing its padded blocks leads to (the midstates), computed once. Holds
 * no copy of the key itself. Owns its words and wipes them.
 */
export class HmacKey {
  readonly hash: HashName;
  #midstates: Midstates | undefined;

  static {
    midstatesOf = (key) => key.#open();
    keyOver = (hash, midstates) => new HmacKey(hash, midstates);
    redactInspection(HmacKey.prototype, REDACTED);
  }

  private constructor(hash: HashName, midstates: Midstates) {
    this.hash = hash;
    this.#midstates = midstates;
  }

  /** @throws OtpError `key-length` outside 16..1024 bytes, `key-wiped`, `hash-unknown` */
  static from(hash: HashName, key: Secret): HmacKey {
    const midstates = makeMidstates(hash);
    fillMidstates(hash, key, midstates);
    return new HmacKey(hash, midstates);
  }

  get macBytes(): number {
    return MAC_BYTES[this.hash];
  }

  /**
   * The MAC of `message`. The bytes returned are a buffer that all keys of this hash share: the next call of
   * `mac`, `from`, `forget` or `wipe`, of any of them, overwrites it. Copy what must last.
   * @throws OtpError `key-wiped`
   */
  mac(message: Uint8Array): Uint8Array {
    const { inner, outer } = this.#open();
    const out = OUT[this.hash];
    absorb(this.hash, inner, COMPRESSIONS[this.hash].blockBytes, message);
    absorbDigest(WORK[this.hash], outer);
    readState(this.hash, out);
    return out;
  }

  /** Forgets the last MAC of this hash, and the work of making it. */
  forget(): void {
    forgetWork(this.hash);
  }

  wipe(): void {
    this.#midstates?.inner.fill(0);
    this.#midstates?.outer.fill(0);
    this.#midstates = undefined;
    this.forget();
  }

  [Symbol.dispose](): void {
    this.wipe();
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  #open(): Midstates {
    if (this.#midstates === undefined) throw new OtpError('key-wiped', 'key was wiped');
    return this.#midstates;
  }
}

/** What making a code of one hash needs, looked up once. The bits are those of the two padded messages. */
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
 * The digest words of HMAC at a counter, in a buffer that the next call overwrites: two compressions, the
 * one of the 8-byte counter and the one of the inner digest. Loops and not the arrays' own `fill` and `set`:
 * for a few words a call into the engine costs more than the words.
 */
export function macWordsAt(hash: HashName, { inner, outer }: Midstates, high: number, low: number): Int32Array {
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

/** The inner digest, which the state is, hashed behind the outer midstate. */
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

/** What `macWordsAt` leaves behind, wiped: the MAC and the inner digest. */
export function forgetMacWords(hash: HashName): void {
  const count = COMPRESSIONS[hash].digestWords;
  for (let i = 0; i < count; i++) {
    stateWords[i] = 0;
    blockWords[i] = 0;
  }
}

/** Where the midstates of a key go, all zero. @throws OtpError `hash-unknown` */
function makeMidstates(hash: HashName): Midstates {
  if (!Object.hasOwn(COMPRESSIONS, hash)) throw new OtpError('hash-unknown', 'hash must be sha1, sha256 or sha512');
  return halves(secretWords(COMPRESSIONS[hash].digestWords * 2));
}

/** The first half of some words is the inner state, the second the outer. */
export function halves(words: Int32Array): Midstates {
  const middle = words.length / 2;
  return { inner: words.subarray(0, middle), outer: words.subarray(middle) };
}

/** Leaves nothing of the key elsewhere. @throws OtpError `key-length`, `key-wiped` */
export function fillMidstates(hash: HashName, key: Secret, { inner, outer }: Midstates): void {
  const bytes = key.expose();
  if (bytes.length < KEY_BYTES_MIN || bytes.length > KEY_BYTES_MAX) {
    throw new OtpError('key-length', `key must be ${KEY_BYTES_MIN} to ${KEY_BYTES_MAX} bytes long`);
  }
  const short = bytes.length <= COMPRESSIONS[hash].blockBytes ? bytes : hashed(hash, bytes);
  padBlock(hash, short, INNER_PAD, inner);
  padBlock(hash, short, OUTER_PAD, outer);
  forgetWork(hash);
}

/** The last MAC of a hash, and the work of making it. */
function forgetWork(hash: HashName): void {
  OUT[hash].fill(0);
  stateWords.fill(0);
  blockWords.fill(0);
}

const INNER_PAD = 0x36363636;
const OUTER_PAD = 0x5c5c5c5c;

/** The state after the key's block with a pad, into `state`. */
function padBlock(hash: HashName, key: Uint8Array, pad: number, state: Int32Array): void {
  const { blockBytes, initial, compress } = COMPRESSIONS[hash];
  const block = BLOCKS[blockBytes];
  writeBlock(block, key, 0);
  for (let i = 0; i < block.length; i++) block[i] = (block[i] as number) ^ pad;
  for (let i = 0; i < state.length; i++) state[i] = initial[i] as number;
  compress(state, block);
}

/** RFC 2104 wants a key that is longer than a block hashed first. In the shared buffer of this hash. */
function hashed(hash: HashName, key: Uint8Array): Uint8Array {
  absorb(hash, COMPRESSIONS[hash].initial, 0, key);
  readState(hash, OUT[hash]);
  return OUT[hash];
}
