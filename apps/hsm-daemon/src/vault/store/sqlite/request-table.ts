/** Below this load, open addressing needs few probes. */
const LOAD_MAX = 0.7;

// The words of a slot are adjacent: a lookup touches memory in one place.
const SLOT_WORDS = 4;
const HIGH = 0;
const LOW = 1;
// Log index plus one; 0 in both marks a free slot.
const INDEX_LOW = 2;
const INDEX_HIGH = 3;
const TWO_POW_32 = 2 ** 32;

/** A fixed-size hash table from request keys (64 bits) to log indices, with 16 bytes per slot. */
export class RequestTable {
  readonly #mask: number;
  readonly #words: Uint32Array;
  #room: number;

  constructor(bits: number) {
    const slots = 2 ** bits;
    this.#mask = slots - 1;
    this.#words = new Uint32Array(slots * SLOT_WORDS);
    this.#room = Math.floor(slots * LOAD_MAX);
  }

  get room(): number {
    return this.#room;
  }

  /** Adds a key. Returns false when the table is full. */
  add(high: number, low: number, logIndex: number): boolean {
    if (this.#room === 0) return false;
    const words = this.#words;
    let slot = low & this.#mask;
    while (this.#indexPlus1At(slot) !== 0) slot = (slot + 1) & this.#mask;
    const at = slot * SLOT_WORDS;
    words[at + HIGH] = high;
    words[at + LOW] = low;
    words[at + INDEX_LOW] = (logIndex + 1) % TWO_POW_32;
    words[at + INDEX_HIGH] = Math.floor((logIndex + 1) / TWO_POW_32);
    this.#room -= 1;
    return true;
  }

  /** Adds its matches to `found`. Almost always there are none, and then it allocates nothing. */
  find(high: number, low: number, found: number[] | undefined): number[] | undefined {
    const words = this.#words;
    let all = found;
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const indexPlus1 = this.#indexPlus1At(slot);
      if (indexPlus1 === 0) return all;
      const at = slot * SLOT_WORDS;
      if (words[at + HIGH] === high && words[at + LOW] === low) (all ??= []).push(indexPlus1 - 1);
    }
  }

  #indexPlus1At(slot: number): number {
    const at = slot * SLOT_WORDS;
    return (this.#words[at + INDEX_HIGH] as number) * TWO_POW_32 + (this.#words[at + INDEX_LOW] as number);
  }
}
