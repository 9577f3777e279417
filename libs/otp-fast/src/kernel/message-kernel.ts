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
 * SHA-256 of four messages at once, with a key or without. They are written into its memory, which holds nothing of
 * them or of the key when a call returns; the results are the caller's to wipe.
 */
export class MessageKernel {
  /** Where each lane's message is written, from its beginning. */
  readonly messages: readonly Uint8Array[];
  /** The digest of each lane's message, until the next call. */
  readonly results: readonly Uint8Array[];
  /** How long each lane's message is. */
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

  /** Undefined where it cannot run. */
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

  /** Results, and what was written into the lanes and not hashed. */
  forget(): void {
    for (const message of this.messages) message.fill(0);
    for (const result of this.results) result.fill(0);
  }

  /** Whether its memory holds nothing but constants: for tests, which cannot reach it otherwise. */
  isBlank(): boolean {
    const { buffer } = this.#exports.memory;
    const parts = [new Uint8Array(buffer, 0, CONSTANTS_AT), new Uint8Array(buffer, MESSAGES_AT)];
    return parts.every((part) => part.every((byte) => byte === 0));
  }
}

// Loaded when it is first used: a millisecond that others need not pay.
let loaded: MessageKernel | undefined | 'unknown' = 'unknown';

/** Undefined where it cannot run. */
export function messageKernel(): MessageKernel | undefined {
  if (loaded === 'unknown') loaded = MessageKernel.load();
  return loaded;
}
