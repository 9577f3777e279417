import { hexWordAt } from '../../domain/hex-digits.ts';

/** Open addressing stays short below this load. */
const LOAD_MAX = 0.7;

/** A hash table of fixed size from request keys (their first 64 bits) to log indices: 16 bytes a slot. */
export class RequestTable {
  readonly #mask: number;
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  // Log index plus one; 0 marks a free slot.
  readonly #index_plus_1: Float64Array;
  #room: number;

  constructor(bits: number) {
    const slots = 2 ** bits;
    this.#mask = slots - 1;
    this.#high = new Uint32Array(slots);
    this.#low = new Uint32Array(slots);
    this.#index_plus_1 = new Float64Array(slots);
    this.#room = Math.floor(slots * LOAD_MAX);
  }

  get room(): number {
    return this.#room;
  }

  /** False when the table is full. */
  add(request_key: string, log_index: number): boolean {
    if (this.#room === 0) return false;
    const [high, low] = [hexWordAt(request_key, 0), hexWordAt(request_key, 8)];
    let slot = low & this.#mask;
    while (this.#index_plus_1[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#index_plus_1[slot] = log_index + 1;
    this.#room -= 1;
    return true;
  }

  find(request_key: string, into: number[]): void {
    const [high, low] = [hexWordAt(request_key, 0), hexWordAt(request_key, 8)];
    for (let slot = low & this.#mask; this.#index_plus_1[slot] !== 0; slot = (slot + 1) & this.#mask) {
      if (this.#high[slot] === high && this.#low[slot] === low) into.push((this.#index_plus_1[slot] ?? 0) - 1);
    }
  }
}
