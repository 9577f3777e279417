// RFC 2104: HMAC(K, m) = H((K ^ opad) || H((K ^ ipad) || m)).
import { COUNTER_BYTES } from './counter.ts';
import { OtpError } from './errors.ts';
import { type Compression, secretWords } from './hash/compression.ts';
import { sha1Compression } from './hash/sha1-compression.ts';
import { sha256Compression } from './hash/sha256-compression.ts';
import { sha512Compression } from './hash/sha512-compression.ts';
import type { Midstates } from './kernel/otp-kernel.ts';
import { redactInspection, type Secret, secretBytes } from './secret.ts';

/** The hashes RFC 6238 1.2 allows. */
export type HashName = 'sha1' | 'sha256' | 'sha512';

/** Bytes of a MAC. */
export const MAC_BYTES: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 64 };

/** RFC 4226 4, R6: the shared secret is at least 128 bits. */
export const KEY_BYTES_MIN = 16;
/** No seed in the field is longer; a limit keeps a hostile import from costing time. */
export const KEY_BYTES_MAX = 1024;

const REDACTED = '[hmac key]';

const COMPRESSIONS: Readonly<Record<HashName, Compression>> = {
  sha1: sha1Compression,
  sha256: sha256Compression,
  sha512: sha512Compression,
};

// A MAC is read before the next one is made: one set of buffers for all keys is enough, and off the
// garbage-collected heap, where the collector would leave copies of them.
const OUT = { sha1: secretBytes(20), sha256: secretBytes(32), sha512: secretBytes(64) } as const;
const state_words = secretWords(16);
const block_words = secretWords(32);
const STATES = { sha1: state_words.subarray(0, 5), sha256: state_words.subarray(0, 8), sha512: state_words } as const;
const BLOCKS = { 64: block_words.subarray(0, 16), 128: block_words } as const;

/** The midstates themselves, for the package's own fast paths; not at its door. @throws OtpError `key-wiped` */
export let midstatesOf: (key: HmacKey) => Midstates;

/**
 * One key as the two states that hashing its padded blocks leads to (the midstates), computed once. Holds
 * no copy of the key itself. Owns its words and wipes them.
 */
export class HmacKey {
  readonly hash: HashName;
  #midstates: Midstates | undefined;

  static {
    midstatesOf = (key) => key.#open();
    redactInspection(HmacKey.prototype, REDACTED);
  }

  private constructor(hash: HashName, midstates: Midstates) {
    this.hash = hash;
    this.#midstates = midstates;
  }

  /** @throws OtpError `key-length` outside 16..1024 bytes, `key-wiped`, `hash-unknown` */
  static from(hash: HashName, key: Secret): HmacKey {
    if (!Object.hasOwn(COMPRESSIONS, hash)) throw new OtpError('hash-unknown', 'hash must be sha1, sha256 or sha512');
    const bytes = key.expose();
    if (bytes.length < KEY_BYTES_MIN || bytes.length > KEY_BYTES_MAX) {
      throw new OtpError('key-length', `key must be ${KEY_BYTES_MIN} to ${KEY_BYTES_MAX} bytes long`);
    }
    const key_of_hash = new HmacKey(hash, { inner: midstate(hash, bytes, 0x36), outer: midstate(hash, bytes, 0x5c) });
    key_of_hash.forget();
    return key_of_hash;
  }

  get mac_bytes(): number {
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
    const { block_bytes } = COMPRESSIONS[this.hash];
    absorb(this.hash, inner, block_bytes, message);
    readState(this.hash, out);
    absorb(this.hash, outer, block_bytes, out);
    readState(this.hash, out);
    return out;
  }

  /** Forgets the last MAC of this hash, and the work of making it. */
  forget(): void {
    OUT[this.hash].fill(0);
    state_words.fill(0);
    block_words.fill(0);
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
const workOf = (hash: HashName) => {
  const { block_bytes, digest_words: words, compress } = COMPRESSIONS[hash];
  const block = BLOCKS[block_bytes];
  const inner_bits = (block_bytes + COUNTER_BYTES) * 8;
  const outer_bits = (block_bytes + words * 4) * 8;
  return { state: STATES[hash], block, words, last: block.length - 1, compress, inner_bits, outer_bits };
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
  block[last] = work.inner_bits;
  for (let i = 0; i < words; i++) state[i] = inner[i] as number;
  compress(state, block);
  for (let i = 0; i < words; i++) {
    block[i] = state[i] as number;
    state[i] = outer[i] as number;
  }
  block[words] = 0x80000000;
  block[last] = work.outer_bits;
  compress(state, block);
  return state;
}

/** What `macWordsAt` leaves behind, wiped: the MAC and the inner digest. */
export function forgetMacWords(hash: HashName): void {
  const count = COMPRESSIONS[hash].digest_words;
  for (let i = 0; i < count; i++) {
    state_words[i] = 0;
    block_words[i] = 0;
  }
}

function midstate(hash: HashName, key: Uint8Array, pad: number): Int32Array {
  const { block_bytes, initial, compress } = COMPRESSIONS[hash];
  const padded = secretBytes(block_bytes);
  if (key.length <= block_bytes) padded.set(key);
  else padded.set(hashed(hash, key));
  for (let i = 0; i < block_bytes; i++) padded[i] = (padded[i] as number) ^ pad;
  const state = initialState(initial);
  const block = BLOCKS[block_bytes];
  writeBlock(block, padded, 0);
  compress(state, block);
  padded.fill(0);
  block.fill(0);
  return state;
}

/** RFC 2104 wants a key that is longer than a block hashed first. In the shared buffer of this hash. */
function hashed(hash: HashName, key: Uint8Array): Uint8Array {
  absorb(hash, initialState(COMPRESSIONS[hash].initial), 0, key);
  readState(hash, OUT[hash]);
  return OUT[hash];
}

function initialState(initial: readonly number[]): Int32Array {
  const state = secretWords(initial.length);
  state.set(initial.map((word) => word | 0));
  return state;
}

/** The state after `message` and its padding, from a state that has seen `seen_bytes`, whole blocks. */
function absorb(hash: HashName, from: Int32Array, seen_bytes: number, message: Uint8Array): void {
  const { block_bytes, compress } = COMPRESSIONS[hash];
  const [state, block] = [STATES[hash], BLOCKS[block_bytes]];
  state.set(from);
  const whole = message.length - (message.length % block_bytes);
  for (let at = 0; at < whole; at += block_bytes) {
    writeBlock(block, message, at);
    compress(state, block);
  }
  const rest = message.subarray(whole);
  writeBlock(block, rest, 0);
  const marker = rest.length;
  block[marker >> 2] = (block[marker >> 2] as number) | (0x80 << (24 - (marker & 3) * 8));
  // The length has two words; SHA-512 has four, of which the upper two are zero here.
  if (marker + 1 + block_bytes / 8 > block_bytes) {
    compress(state, block);
    block.fill(0);
  }
  const bits = (seen_bytes + message.length) * 8;
  block[block.length - 2] = (block[block.length - 2] as number) | Math.floor(bits / 2 ** 32);
  block[block.length - 1] = bits;
  compress(state, block);
}

/**
 * Bytes from `at` on as big-endian words, zeros behind their end. One by one: taken apart as an array they would
 * pass through one on the garbage-collected heap, and stay there.
 */
function writeBlock(block: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < block.length; i++) {
    const from = at + i * 4;
    block[i] =
      (byteAt(bytes, from) << 24) |
      (byteAt(bytes, from + 1) << 16) |
      (byteAt(bytes, from + 2) << 8) |
      byteAt(bytes, from + 3);
  }
}

function byteAt(bytes: Uint8Array, at: number): number {
  return at < bytes.length ? (bytes[at] as number) : 0;
}

function readState(hash: HashName, out: Uint8Array): void {
  const state = STATES[hash];
  for (let i = 0; i < out.length; i++) out[i] = (state[i >> 2] as number) >>> (24 - (i & 3) * 8);
}
