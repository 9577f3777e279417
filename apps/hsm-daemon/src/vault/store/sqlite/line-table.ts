/** Open addressing stays short below this load. */
const LOAD_MAX = 0.6;
const FIRST_SLOTS = 2 ** 16;

/** Where a line is: the page it is in, and at which of its bytes it begins. */
export interface LineAt {
  readonly page: number;
  readonly offset: number;
}

/**
 * A hash table from 64 bits of a standing's name to the place of its line: 16 bytes a slot, outside the collected heap,
 * where millions of entries cost the collector nothing. It only points: `isIt` compares the line with the whole name.
 */
export class LineTable {
  #high = new Uint32Array(FIRST_SLOTS);
  #low = new Uint32Array(FIRST_SLOTS);
  // Page number plus one; 0 marks a free slot. Pages are numbered from 1, and 2^32 of them are two trillion verdicts.
  #page_plus_1 = new Uint32Array(FIRST_SLOTS);
  #offset = new Uint32Array(FIRST_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Its slot, or the free one where it belongs. */
  slotOf(high: number, low: number, isIt: (at: LineAt) => boolean): number {
    const mask = this.#high.length - 1;
    for (let slot = (high ^ low) & mask; ; slot = (slot + 1) & mask) {
      if (this.#page_plus_1[slot] === 0) return slot;
      if (this.#high[slot] === high && this.#low[slot] === low && isIt(this.lineAt(slot) as LineAt)) return slot;
    }
  }

  /** Undefined for a free slot. */
  lineAt(slot: number): LineAt | undefined {
    const page_plus_1 = this.#page_plus_1[slot] as number;
    return page_plus_1 === 0 ? undefined : { page: page_plus_1 - 1, offset: this.#offset[slot] as number };
  }

  /** @param slot as `slotOf` has just told it */
  put(slot: number, high: number, low: number, { page, offset }: LineAt): void {
    const is_new = this.#page_plus_1[slot] === 0;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#page_plus_1[slot] = page + 1;
    this.#offset[slot] = offset;
    if (!is_new) return;
    this.#size += 1;
    if (this.#size > this.#high.length * LOAD_MAX) this.#grow();
  }

  *lines(): Generator<LineAt> {
    for (let slot = 0; slot < this.#high.length; slot++) {
      const line = this.lineAt(slot);
      if (line !== undefined) yield line;
    }
  }

  /** All at once: a tenth of a second for a million, once when their number has doubled. */
  #grow(): void {
    const [high, low, page_plus_1, offset] = [this.#high, this.#low, this.#page_plus_1, this.#offset];
    const slots = high.length * 2;
    this.#high = new Uint32Array(slots);
    this.#low = new Uint32Array(slots);
    this.#page_plus_1 = new Uint32Array(slots);
    this.#offset = new Uint32Array(slots);
    for (let from = 0; from < high.length; from++) {
      if (page_plus_1[from] === 0) continue;
      let slot = ((high[from] as number) ^ (low[from] as number)) & (slots - 1);
      while (this.#page_plus_1[slot] !== 0) slot = (slot + 1) & (slots - 1);
      this.#high[slot] = high[from] as number;
      this.#low[slot] = low[from] as number;
      this.#page_plus_1[slot] = page_plus_1[from] as number;
      this.#offset[slot] = offset[from] as number;
    }
  }
}
