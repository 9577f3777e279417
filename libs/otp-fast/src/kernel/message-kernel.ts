import { MESSAGE_BYTES_MAX } from '@ramz/otp-core/engine';
import { instantiate } from './instantiate.ts';
import { CONSTANTS_AT, KEY_AT, LANE_BYTES, MESSAGES_AT, RESULTS_AT } from './kernel-layout.ts';
import { MESSAGES256X4_HEX } from './messages256x4-bytes.ts';
import type { MidstateWords } from './otp-kernel.ts';

const DIGEST_BYTES = 32;
export const LANES = 4;

interface MessageExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  macs(length0: number, length1: number, length2: number, length3: number): void;
  digests(length0: number, length1: number, length2: number, length3: number): void;
}

/**
 * Computes SHA-256 of four messages at once, with a key or without. Messages are written to its
 * memory. When a call returns, it holds no trace of them or of the key. The caller wipes the
 * results (`forget`).
 */
export class MessageKernel {
  /** The memory for each lane's message, which starts at its beginning. */
  readonly messages: readonly Uint8Array[];
  /** The digest of each lane's message, valid until the next call. */
  readonly results: readonly Uint8Array[];
  /** The length of each lane's message in bytes. */
  readonly lengths: Int32Array = new Int32Array(LANES);
  readonly #exports: MessageExports;
  readonly #key: Int32Array;

  private constructor(exports: MessageExports) {
    const { buffer } = exports.memory;
    const lanes = Array.from({ length: LANES }, (_, lane) => lane);
    this.#exports = exports;
    this.#key = new Int32Array(buffer, KEY_AT, 2 * (DIGEST_BYTES / 4));
    this.messages = lanes.map((lane) => new Uint8Array(buffer, MESSAGES_AT + lane * LANE_BYTES, MESSAGE_BYTES_MAX));
    this.results = lanes.map((lane) => new Uint8Array(buffer, RESULTS_AT + lane * DIGEST_BYTES, DIGEST_BYTES));
  }

  /** Returns undefined where WebAssembly cannot run. */
  static load(): MessageKernel | undefined {
    const exports = instantiate(MESSAGES256X4_HEX);
    return exports === undefined ? undefined : new MessageKernel(exports as MessageExports);
  }

  macs({ inner, outer }: MidstateWords): void {
    this.#key.set(inner);
    this.#key.set(outer, inner.length);
    const [a = 0, b = 0, c = 0, d = 0] = this.lengths;
    this.#exports.macs(a, b, c, d);
  }

  digests(): void {
    const [a = 0, b = 0, c = 0, d = 0] = this.lengths;
    this.#exports.digests(a, b, c, d);
  }

  /** Wipes results, and anything written to the lanes and not hashed. */
  forget(): void {
    for (const message of this.messages) message.fill(0);
    for (const result of this.results) result.fill(0);
  }

  /**
   * Returns whether its memory holds only constants. For tests, which cannot reach it otherwise.
   */
  isBlank(): boolean {
    const { buffer } = this.#exports.memory;
    const parts = [new Uint8Array(buffer, 0, CONSTANTS_AT), new Uint8Array(buffer, MESSAGES_AT)];
    return parts.every((part) => part.every((byte) => byte === 0));
  }
}

// Loaded at first use, because loading takes a millisecond.
let loaded: MessageKernel | undefined | 'unknown' = 'unknown';

/** Returns undefined where WebAssembly cannot run. */
export function messageKernel(): MessageKernel | undefined {
  if (loaded === 'unknown') loaded = MessageKernel.load();
  return loaded;
}
