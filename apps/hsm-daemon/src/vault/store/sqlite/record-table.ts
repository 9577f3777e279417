import type { RecordName } from '../records/records.ts';

/** Below this load, open addressing needs few probes. */
const LOAD_MAX = 0.6;
const FIRST_SLOTS = 2 ** 16;

// The words of a slot are adjacent: a lookup touches memory in one place.
const SLOT_WORDS = 4;
const HIGH = 0;
const LOW = 1;
// Page number plus one; 0 marks a free slot. Pages are numbered from 1; 2^32 of them hold two
// trillion verdicts.
const PAGE_PLUS_1 = 2;
const OFFSET = 3;

/** Half of a 64-bit hash of a name. Attackers cannot choose it, since a subject is a keyed hash. */
function highOf({ a, c }: RecordName): number {
  return (a ^ c) >>> 0;
}

function lowOf({ b, d, purposeNumber }: RecordName): number {
  return ((b ^ d) + purposeNumber) >>> 0;
}

/**
 * A hash table from a standing's name to the position of its record: 16 bytes per slot, outside the
 * garbage-collected heap, where millions of entries cost the collector nothing. It only points: the
 * caller compares the record with the whole name.
 */
export class RecordTable {
  #words = new Uint32Array(FIRST_SLOTS * SLOT_WORDS);
  #slots = FIRST_SLOTS;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Number of slots. A slot keeps its number until this changes. */
  get slots(): number {
    return this.#slots;
  }

  /** Returns the first slot that may be the name's own, or the free slot where it belongs. */
  firstSlot(name: RecordName): number {
    return this.#slotFrom((highOf(name) ^ lowOf(name)) & (this.#slots - 1), name);
  }

  /** Returns the next such slot, when `slot` belongs to another name. */
  slotAfter(slot: number, name: RecordName): number {
    return this.#slotFrom((slot + 1) & (this.#slots - 1), name);
  }

  #slotFrom(from: number, name: RecordName): number {
    const words = this.#words;
    const mask = this.#slots - 1;
    const [high, low] = [highOf(name), lowOf(name)];
    for (let slot = from; ; slot = (slot + 1) & mask) {
      const at = slot * SLOT_WORDS;
      if (words[at + PAGE_PLUS_1] === 0 || (words[at + HIGH] === high && words[at + LOW] === low)) return slot;
    }
  }

  isFree(slot: number): boolean {
    return this.#words[slot * SLOT_WORDS + PAGE_PLUS_1] === 0;
  }

  pageAt(slot: number): number {
    return (this.#words[slot * SLOT_WORDS + PAGE_PLUS_1] as number) - 1;
  }

  offsetAt(slot: number): number {
    return this.#words[slot * SLOT_WORDS + OFFSET] as number;
  }

  /** @param slot the slot that a lookup just returned */
  put(slot: number, name: RecordName, page: number, offset: number): void {
    const isNew = this.isFree(slot);
    this.#write(slot, highOf(name), lowOf(name), page + 1, offset);
    if (!isNew) return;
    this.#size += 1;
    if (this.#size > this.#slots * LOAD_MAX) this.#grow();
  }

  #write(slot: number, high: number, low: number, pagePlus1: number, offset: number): void {
    const at = slot * SLOT_WORDS;
    this.#words[at + HIGH] = high;
    this.#words[at + LOW] = low;
    this.#words[at + PAGE_PLUS_1] = pagePlus1;
    this.#words[at + OFFSET] = offset;
  }

  /** Moves all entries at once, each time their number doubles: a tenth of a second per million. */
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
      while (!this.isFree(slot)) slot = (slot + 1) & mask;
      this.#write(slot, high, low, pagePlus1, former[from + OFFSET] as number);
    }
  }
}
