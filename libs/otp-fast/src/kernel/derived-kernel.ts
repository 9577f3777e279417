import { type DerivedKeys, type HashName, MESSAGE_BYTES_MAX } from '@ramz/otp-core/engine';
import { DERIVED_HEX } from './derived-bytes.ts';
import { instantiate } from './instantiate.ts';
import { CONSTANTS_AT, COUNTERS_AT, KEY_AT, LANE_BYTES, MESSAGES_AT, RESULTS_AT } from './kernel-layout.ts';
import type { MidstateWords } from './otp-kernel.ts';

const LANES = 4;
const MASTER_WORDS = 8;
const TWO_POW_32 = 2 ** 32;

type Codes = (length0: number, length1: number, length2: number, length3: number, steps: number) => void;

interface DerivedExports extends Readonly<Record<HashName, Codes>> {
  readonly memory: { readonly buffer: ArrayBuffer };
}

/**
 * Computes the truncated MACs of four derived keys at once. Messages and the master key's midstates
 * are written to its memory. No derived key leaves that memory, and when a call returns it holds no
 * trace of keys or messages.
 */
export class DerivedKernel {
  readonly #exports: DerivedExports;
  readonly #messages: readonly Uint8Array[];
  readonly #words: Int32Array;
  readonly #lengths = new Int32Array(LANES);

  private constructor(exports: DerivedExports) {
    const { buffer } = exports.memory;
    this.#exports = exports;
    this.#words = new Int32Array(buffer);
    this.#messages = Array.from(
      { length: LANES },
      (_, lane) => new Uint8Array(buffer, MESSAGES_AT + lane * LANE_BYTES, MESSAGE_BYTES_MAX),
    );
  }

  /** Returns undefined where WebAssembly cannot run. */
  static load(): DerivedKernel | undefined {
    const exports = instantiate(DERIVED_HEX);
    return exports === undefined ? undefined : new DerivedKernel(exports as DerivedExports);
  }

  /** Implements `OtpEngine.truncatedOfDerived`. */
  truncated(
    master: MidstateWords,
    keys: DerivedKeys,
    from: number,
    count: number,
    steps: number,
    out: Int32Array,
  ): void {
    try {
      for (let done = 0; done < count; done += LANES) {
        const some = Math.min(LANES, count - done);
        for (let lane = 0; lane < LANES; lane++) this.#setLane(lane, keys, lane < some ? from + done + lane : -1);
        this.#setMaster(master);
        const [a = 0, b = 0, c = 0, d = 0] = this.#lengths;
        this.#exports[keys.hash](a, b, c, d, steps);
        for (let lane = 0; lane < some; lane++) this.#take(lane, steps, out, (done + lane) * steps);
      }
    } finally {
      this.#forget(steps);
    }
  }

  /** @param i the key's index; -1 for an unused lane */
  #setLane(lane: number, { write, firstOf }: DerivedKeys, i: number): void {
    this.#lengths[lane] = i < 0 ? 0 : write(i, this.#messages[lane] as Uint8Array);
    const first = i < 0 ? 0 : firstOf(i);
    this.#words[COUNTERS_AT / 4 + lane] = Math.floor(first / TWO_POW_32);
    this.#words[COUNTERS_AT / 4 + LANES + lane] = first | 0;
  }

  #setMaster({ inner, outer }: MidstateWords): void {
    const at = KEY_AT / 4;
    for (let word = 0; word < MASTER_WORDS; word++) {
      this.#words[at + word] = inner[word] as number;
      this.#words[at + MASTER_WORDS + word] = outer[word] as number;
    }
  }

  #take(lane: number, steps: number, out: Int32Array, at: number): void {
    for (let step = 0, from = RESULTS_AT / 4 + lane; step < steps; step++, from += LANES) {
      out[at + step] = this.#words[from] as number;
    }
  }

  /** Wipes results, and anything written to the lanes and not used. */
  #forget(steps: number): void {
    for (const message of this.#messages) message.fill(0);
    this.#words.fill(0, RESULTS_AT / 4, RESULTS_AT / 4 + steps * LANES);
    this.#words.fill(0, COUNTERS_AT / 4, COUNTERS_AT / 4 + 2 * LANES);
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
let loaded: DerivedKernel | undefined | 'unknown' = 'unknown';

/** Returns undefined where WebAssembly cannot run. */
export function derivedKernel(): DerivedKernel | undefined {
  if (loaded === 'unknown') loaded = DerivedKernel.load();
  return loaded;
}
