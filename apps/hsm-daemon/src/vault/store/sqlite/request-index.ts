import { RequestTable } from './request-table.ts';

/**
 * 2^20 to 2^26 slots: 46 million requests a generation, in 1 GiB, before new ones are refused. Each table that there is is
 * looked into: a larger first one is fewer of them.
 */
const FIRST_TABLE_BITS = 20;
const LAST_TABLE_BITS = 25;

/**
 * Where in the log each request key of the last day stands, in two generations of which the older is
 * dropped whole. It only points: the log entry found is compared before it is believed.
 */
export class RequestIndex {
  readonly #kept_ms: number;
  #newer = [new RequestTable(FIRST_TABLE_BITS)];
  #older: RequestTable[] = [];
  #turned_at_ms = 0;

  /** Keeps each key for at least `kept_ms`, at most twice as long. */
  constructor(kept_ms: number) {
    this.#kept_ms = kept_ms;
  }

  add(request_key: string, log_index: number, at_ms: number): void {
    if (at_ms - this.#turned_at_ms > this.#kept_ms) this.#turn(at_ms);
    // A full table gets a larger one beside it: nothing is moved, so no request waits for a move.
    if (!this.#latest().add(request_key, log_index)) {
      this.#newer.push(new RequestTable(FIRST_TABLE_BITS + this.#newer.length));
      this.#latest().add(request_key, log_index);
    }
  }

  /** Log indices that may hold this key. */
  find(request_key: string): number[] {
    const found: number[] = [];
    for (const table of this.#newer) table.find(request_key, found);
    for (const table of this.#older) table.find(request_key, found);
    return found;
  }

  hasRoomFor(count: number): boolean {
    const growable = FIRST_TABLE_BITS + this.#newer.length <= LAST_TABLE_BITS;
    return growable || this.#latest().room >= count;
  }

  #latest(): RequestTable {
    return this.#newer[this.#newer.length - 1] ?? new RequestTable(FIRST_TABLE_BITS);
  }

  #turn(at_ms: number): void {
    this.#older = this.#newer;
    this.#newer = [new RequestTable(FIRST_TABLE_BITS)];
    this.#turned_at_ms = at_ms;
  }
}
