import { RequestTable } from './request-table.ts';

/**
 * Tables of 2^20 to 2^25 slots, together almost 2^26: 46 million requests per generation, in 1 GiB,
 * before new ones are rejected. A lookup searches every table: a larger first one means fewer
 * tables.
 */
const FIRST_TABLE_BITS = 20;
const LAST_TABLE_BITS = 25;

const NOT_FOUND: readonly number[] = [];

/**
 * Finds the log entry of each request key of the last day. There are two generations; the older one
 * is dropped whole. The index only points: callers compare the log entry before they trust it.
 */
export class RequestIndex {
  readonly #keptMs: number;
  #newer = [new RequestTable(FIRST_TABLE_BITS)];
  #older: RequestTable[] = [];
  #turnedAtMs = 0;

  /** @param keptMs each key is kept at least this long, at most twice as long */
  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  /**
   * Adds a request.
   * @param high the first 32 bits of its key
   * @param low the next 32 bits
   */
  add(high: number, low: number, logIndex: number, atMs: number): void {
    if (atMs - this.#turnedAtMs > this.#keptMs) this.#turn(atMs);
    // A full table gets a larger one beside it. Nothing moves, so no request waits.
    if (!this.#latest().add(high, low, logIndex)) {
      this.#newer.push(new RequestTable(FIRST_TABLE_BITS + this.#newer.length));
      this.#latest().add(high, low, logIndex);
    }
  }

  /** Returns the log indices of entries that may have a key with these first bits. */
  find(high: number, low: number): readonly number[] {
    let found: number[] | undefined;
    for (const table of this.#newer) found = table.find(high, low, found);
    for (const table of this.#older) found = table.find(high, low, found);
    return found ?? NOT_FOUND;
  }

  hasRoomFor(count: number): boolean {
    const growable = FIRST_TABLE_BITS + this.#newer.length <= LAST_TABLE_BITS;
    return growable || this.#latest().room >= count;
  }

  #latest(): RequestTable {
    return this.#newer[this.#newer.length - 1] ?? new RequestTable(FIRST_TABLE_BITS);
  }

  #turn(atMs: number): void {
    this.#older = this.#newer;
    this.#newer = [new RequestTable(FIRST_TABLE_BITS)];
    this.#turnedAtMs = atMs;
  }
}
