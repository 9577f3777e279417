const LINES_A_SECOND = 1;
const LINES_AT_ONCE_MAX = 8;

/**
 * Limits log lines that strangers can cause: few, each with how many were left out since the last.
 */
export class RareLines {
  #room = LINES_AT_ONCE_MAX;
  #countedAtMs = 0;
  #leftOut = 0;

  /**
   * Returns how many were left out since the last line; undefined when this one is left out too.
   */
  take(nowMs: number): number | undefined {
    this.#room = Math.min(LINES_AT_ONCE_MAX, this.#room + ((nowMs - this.#countedAtMs) / 1_000) * LINES_A_SECOND);
    this.#countedAtMs = nowMs;
    if (this.#room < 1) {
      this.#leftOut += 1;
      return undefined;
    }
    const leftOut = this.#leftOut;
    this.#room -= 1;
    this.#leftOut = 0;
    return leftOut;
  }
}
