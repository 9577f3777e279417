import type { HashName } from '@ramz/otp-core/engine';
import { instantiate } from './instantiate.ts';
import { CODES_MAX, CONSTANTS_AT, INNER_AT, KEY_AT, OUTER_AT, RESULTS_AT } from './kernel-layout.ts';
import { SHA1X4_HEX } from './sha1x4-bytes.ts';
import { SHA256X4_HEX } from './sha256x4-bytes.ts';
import { SHA512X2_HEX } from './sha512x2-bytes.ts';

const OUTER_BEHIND_INNER = (OUTER_AT - INNER_AT) / 4;

/** A key's two midstates as 32-bit words. A SHA-512 word is two of them, high first. */
export interface MidstateWords {
  readonly inner: Int32Array;
  readonly outer: Int32Array;
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  counters(high: number, low: number, count: number): number;
  keys(high: number, low: number): void;
}

/**
 * Computes several truncated HMACs at once in the lanes of a WebAssembly vector. Its one page of
 * memory holds midstates and MACs only during a call: the kernel wipes it before it returns, and
 * results are wiped as soon as they are read.
 */
export class OtpKernel {
  readonly lanes: number;
  readonly #exports: KernelExports;
  readonly #words: Int32Array;
  /**
   * 1 for 64-bit words, whose two 32-bit halves are swapped: WebAssembly's memory has the low one
   * first.
   */
  readonly #pair: 0 | 1;

  private constructor(exports: KernelExports, lanes: number) {
    this.#exports = exports;
    this.#words = new Int32Array(exports.memory.buffer);
    this.lanes = lanes;
    this.#pair = lanes === 2 ? 1 : 0;
  }

  /** Returns undefined where WebAssembly or its vectors are missing or forbidden. */
  static load(hex: string, lanes: number): OtpKernel | undefined {
    const exports = instantiate(hex);
    return exports === undefined ? undefined : new OtpKernel(exports as KernelExports, lanes);
  }

  /**
   * Writes the truncated MACs of one key at `first`, `first + 1` … to `out`, from `at` on; at most
   * 4,096.
   */
  counters(key: MidstateWords, first: number, count: number, out: Int32Array, at: number): void {
    this.#writeKey(key);
    this.#exports.counters(Math.floor(first / 2 ** 32), first | 0, count);
    this.#read(count, out, at);
  }

  /** Writes a key to a lane, for `keys`. */
  setLane(lane: number, { inner, outer }: MidstateWords): void {
    const words = this.#words;
    if (this.#pair === 1) return this.#setWideLane(lane, inner, outer);
    // A vector holds one word of each of the four lanes.
    for (let i = 0, at = INNER_AT / 4 + lane; i < inner.length; i++, at += 4) {
      words[at] = inner[i] as number;
      words[at + OUTER_BEHIND_INNER] = outer[i] as number;
    }
  }

  /** A vector holds one 64-bit word of each of the two lanes, which is two 32-bit words here. */
  #setWideLane(lane: number, inner: Int32Array, outer: Int32Array): void {
    for (let i = 0; i < inner.length; i++) {
      const at = INNER_AT / 4 + ((i >> 1) << 2) + (lane << 1) + ((i & 1) ^ 1);
      this.#words[at] = inner[i] as number;
      this.#words[at + OUTER_BEHIND_INNER] = outer[i] as number;
    }
  }

  /**
   * Writes the truncated MACs of the first `count` lanes at one counter. Afterwards no lane holds a
   * key.
   */
  keys(count: number, counter: number, out: Int32Array, at: number): void {
    this.#exports.keys(Math.floor(counter / 2 ** 32), counter | 0);
    this.#read(count, out, at);
  }

  /**
   * Returns whether its memory holds only constants. For tests, which cannot reach it otherwise.
   */
  isBlank(): boolean {
    return this.#words.subarray(0, CONSTANTS_AT / 4).every((word) => word === 0);
  }

  #writeKey({ inner, outer }: MidstateWords): void {
    const words = this.#words;
    const count = inner.length;
    for (let i = 0; i < count; i++) {
      words[KEY_AT / 4 + (i ^ this.#pair)] = inner[i] as number;
      words[KEY_AT / 4 + count + (i ^ this.#pair)] = outer[i] as number;
    }
  }

  #read(count: number, out: Int32Array, at: number): void {
    const words = this.#words;
    for (let i = 0; i < count; i++) out[at + i] = words[RESULTS_AT / 4 + i] as number;
    const written = count + this.lanes - 1;
    for (let i = 0; i < written; i++) words[RESULTS_AT / 4 + i] = 0;
  }
}

const SOURCES = {
  sha1: { hex: SHA1X4_HEX, lanes: 4 },
  sha256: { hex: SHA256X4_HEX, lanes: 4 },
  sha512: { hex: SHA512X2_HEX, lanes: 2 },
} as const;

// A kernel is compiled at first use of its hash, because compiling takes a millisecond.
const loaded: Record<HashName, OtpKernel | undefined | 'unknown'> = {
  sha1: 'unknown',
  sha256: 'unknown',
  sha512: 'unknown',
};

/** Returns the kernel of a hash, or undefined where only the portable path can run. */
export function kernelFor(hash: HashName): OtpKernel | undefined {
  const known = loaded[hash];
  if (known !== 'unknown') return known;
  const kernel = OtpKernel.load(SOURCES[hash].hex, SOURCES[hash].lanes);
  loaded[hash] = kernel;
  return kernel;
}

export { CODES_MAX };
