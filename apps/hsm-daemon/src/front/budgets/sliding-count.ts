/** So many parts of an interval are dropped one by one: at most a twelfth of it is counted too long. */
export const PARTS = 12;

const NOTHING: readonly number[] = Array.from({ length: PARTS }, () => 0);

/** Tries and failures of the latest interval. Time comes as an argument. */
export class SlidingCount {
  readonly #part_ms: number;
  // Plain arrays: one is made for each call of a place that had no failure, and a typed one costs ten times as much.
  readonly #tries = NOTHING.slice();
  readonly #failures = NOTHING.slice();
  #latest_part = 0;

  constructor(interval_ms: number) {
    this.#part_ms = interval_ms / PARTS;
  }

  note(failed: boolean, now_ms: number): void {
    this.#drop(now_ms);
    const slot = this.#latest_part % PARTS;
    this.#tries[slot] = (this.#tries[slot] ?? 0) + 1;
    if (failed) this.#failures[slot] = (this.#failures[slot] ?? 0) + 1;
  }

  counts(now_ms: number): { readonly tries: number; readonly failures: number } {
    this.#drop(now_ms);
    return { tries: sum(this.#tries), failures: sum(this.#failures) };
  }

  #drop(now_ms: number): void {
    const part = Math.floor(now_ms / this.#part_ms);
    // A clock that goes back drops nothing and counts into the latest part.
    const gone = Math.min(PARTS, Math.max(0, part - this.#latest_part));
    for (let i = 1; i <= gone; i++) {
      this.#tries[(this.#latest_part + i) % PARTS] = 0;
      this.#failures[(this.#latest_part + i) % PARTS] = 0;
    }
    this.#latest_part = Math.max(this.#latest_part, part);
  }
}

function sum(parts: readonly number[]): number {
  let total = 0;
  for (const part of parts) total += part;
  return total;
}
