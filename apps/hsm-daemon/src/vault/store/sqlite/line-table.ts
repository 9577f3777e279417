/** Open addressing stays short below this load. */
const LOAD_MAX = 0.6;
const FIRST_SLOTS = 2 ** 16;

// The words of a slot, side by side: a look-up touches memory in one place.
const SLOT_WORDS = 4;
const HIGH = 0;
const LOW = 1;
// Page number plus one; 0 marks a free slot. Pages are numbered from 1, and 2^32 of them are two trillion verdicts.
const PAGE_PLUS_1 = 2;
const OFFSET = 3;

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
  #words = new Uint32Array(FIRST_SLOTS * SLOT_WORDS);
  #slots = FIRST_SLOTS;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Its slot, or the free one where it belongs. */
  slotOf(high: number, low: number, isIt: (at: LineAt) => boolean): number {
    const words = this.#words;
    const mask = this.#slots - 1;
    for (let slot = (high ^ low) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * SLOT_WORDS;
      if (words[at + PAGE_PLUS_1] === 0) return slot;
      if (words[at + HIGH] === high && words[at + LOW] === low && isIt(this.lineAt(slot) as LineAt)) return slot;
    }
  }

  /** Undefined for a free slot. */
  lineAt(slot: number): LineAt | undefined {
    const at = slot * SLOT_WORDS;
    const pagePlus1 = this.#words[at + PAGE_PLUS_1] as number;
    return pagePlus1 === 0 ? undefined : { page: pagePlus1 - 1, offset: this.#words[at + OFFSET] as number };
  }

  /** @param slot as `slotOf` has just told it */
  put(slot: number, high: number, low: number, { page, offset }: LineAt): void {
    const isNew = this.#words[slot * SLOT_WORDS + PAGE_PLUS_1] === 0;
    this.#write(slot, high, low, page + 1, offset);
    if (!isNew) return;
    this.#size += 1;
    if (this.#size > this.#slots * LOAD_MAX) this.#grow();
  }

  *lines(): Generator<LineAt> {
    for (let slot = 0; slot < this.#slots; slot++) {
      const line = this.lineAt(slot);
      if (line !== undefined) yield line;
    }
  }

  #write(slot: number, high: number, low: number, pagePlus1: number, offset: number): void {
    const at = slot * SLOT_WORDS;
    this.#words[at + HIGH] = high;
    this.#words[at + LOW] = low;
    this.#words[at + PAGE_PLUS_1] = pagePlus1;
    this.#words[at + OFFSET] = offset;
  }

  /** All at once: a tenth of a second for a million, once when their number has doubled. */
  #grow(): void {
    const former = this.#words;
    this.#slots *= 2;
    this.#words = new Uint32Array(this.#slots * SLOT_WORDS);
    const mask = this.#slots - 1;
    for (let from = 0; from < former.length; from += SLOT_WORDS) {
      const pagePlus1 = former[from + PAGE_PLUS_1] as number;
      if (pagePlus1 === 0) continue;
      const [high, low] = [former[from + HIGH] as number, former[from + LOW] as number];
      let slot = (high ^ low) & mask;
      while (this.#words[slot * SLOT_WORDS + PAGE_PLUS_1] !== 0) slot = (slot + 1) & mask;
      this.#write(slot, high, low, pagePlus1, former[from + OFFSET] as number);
    }
  }
}
