/**
 * Parts of an interval that are dropped one by one: at most a twelfth of it is counted too long.
 */
export const PARTS = 12;

const NOTHING: readonly number[] = Array.from({ length: PARTS }, () => 0);

/** Tries and failures of the latest interval. The time is an argument. */
export class SlidingCount {
  readonly #partMs: number;
  // Plain arrays: one is made for each call from a place without a failure, and a typed one costs
  // ten times as much.
  readonly #tries = NOTHING.slice();
  readonly #failures = NOTHING.slice();
  #latestPart = 0;

  constructor(intervalMs: number) {
    this.#partMs = intervalMs / PARTS;
  }

  note(failed: boolean, nowMs: number): void {
    this.#drop(nowMs);
    const slot = this.#latestPart % PARTS;
    this.#tries[slot] = (this.#tries[slot] ?? 0) + 1;
    if (failed) this.#failures[slot] = (this.#failures[slot] ?? 0) + 1;
  }

  counts(nowMs: number): { readonly tries: number; readonly failures: number } {
    this.#drop(nowMs);
    return { tries: sum(this.#tries), failures: sum(this.#failures) };
  }

  #drop(nowMs: number): void {
    const part = Math.floor(nowMs / this.#partMs);
    // A clock that goes back drops nothing. Tries count into the latest part.
    const gone = Math.min(PARTS, Math.max(0, part - this.#latestPart));
    for (let i = 1; i <= gone; i++) {
      this.#tries[(this.#latestPart + i) % PARTS] = 0;
      this.#failures[(this.#latestPart + i) % PARTS] = 0;
    }
    this.#latestPart = Math.max(this.#latestPart, part);
  }
}

function sum(parts: readonly number[]): number {
  let total = 0;
  for (const part of parts) total += part;
  return total;
}
