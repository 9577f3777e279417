const LINES_A_SECOND = 1;
const LINES_AT_ONCE_MAX = 8;

/** Lines of the log that strangers can cause: few, each with how many were left out since the last. */
export class RareLines {
  #room = LINES_AT_ONCE_MAX;
  #counted_at_ms = 0;
  #left_out = 0;

  /** How many were left out since the last line; undefined when this one is left out, too. */
  take(now_ms: number): number | undefined {
    this.#room = Math.min(LINES_AT_ONCE_MAX, this.#room + ((now_ms - this.#counted_at_ms) / 1_000) * LINES_A_SECOND);
    this.#counted_at_ms = now_ms;
    if (this.#room < 1) {
      this.#left_out += 1;
      return undefined;
    }
    const left_out = this.#left_out;
    this.#room -= 1;
    this.#left_out = 0;
    return left_out;
  }
}
