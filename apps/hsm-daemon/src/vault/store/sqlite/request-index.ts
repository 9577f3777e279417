import { RequestTable } from './request-table.ts';

/**
 * 2^20 to 2^26 slots: 46 million requests a generation, in 1 GiB, before new ones are refused. Each table that there is is
 * looked into: a larger first one is fewer of them.
 */
const FIRST_TABLE_BITS = 20;
const LAST_TABLE_BITS = 25;

const NOT_FOUND: readonly number[] = [];

/**
 * Where in the log each request key of the last day stands, in two generations of which the older is
 * dropped whole. It only points: the log entry found is compared before it is believed.
 */
export class RequestIndex {
  readonly #keptMs: number;
  #newer = [new RequestTable(FIRST_TABLE_BITS)];
  #older: RequestTable[] = [];
  #turnedAtMs = 0;

  /** Keeps each key for at least `keptMs`, at most twice as long. */
  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  /** @param high the first 32 bits of its key. @param low the next ones */
  add(high: number, low: number, logIndex: number, atMs: number): void {
    if (atMs - this.#turnedAtMs > this.#keptMs) this.#turn(atMs);
    // A full table gets a larger one beside it: nothing is moved, so no request waits for a move.
    if (!this.#latest().add(high, low, logIndex)) {
      this.#newer.push(new RequestTable(FIRST_TABLE_BITS + this.#newer.length));
      this.#latest().add(high, low, logIndex);
    }
  }

  /** Log indices that may hold a key that begins so. */
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
