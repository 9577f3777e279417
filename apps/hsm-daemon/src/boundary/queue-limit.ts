/**
 * How long a code may wait for the vault before it is decided. The longest wait of a caller is two
 * of these.
 */
const WAIT_MAX_MS = 60;
/**
 * Calls that may wait regardless of their codes: a caller with a few batches in flight is no
 * overload.
 */
const CALLS_MIN = 10;
/**
 * Codes that may wait after a start, while the speed is unknown: one call may contain a thousand.
 */
const CODES_AT_FIRST = 2_000;
/** Weight of the newest batch in the estimate: about ten batches change it. */
const WEIGHT = 0.1;
/**
 * Codes of the smallest batch to learn from. A smaller one costs its round trip, and says little
 * about large ones.
 */
const TELLING_CODES = 64;

/**
 * Limits how many codes may wait, so that no caller waits longer than is useful. A queue bounded in
 * codes alone makes every caller wait for seconds once it is full, and for minutes on a slow store.
 * Learns from completed batches.
 */
export class QueueLimit {
  #codesPerMs = 0;

  /** Learns from a batch of `codes` that took `tookMs`. */
  learn(codes: number, tookMs: number): void {
    if (codes < TELLING_CODES || tookMs <= 0) return;
    const now = codes / tookMs;
    this.#codesPerMs = this.#codesPerMs === 0 ? now : this.#codesPerMs * (1 - WEIGHT) + now * WEIGHT;
  }

  /**
   * Returns whether a caller's next call would wait too long. While others wait as well, each
   * caller has an equal part of the room: a caller with less waiting is admitted even if the total
   * is too much.
   * @param codesMax limit at any speed
   */
  isReached(all: QueueLoad, own: QueueLoad, callers: number, codesMax: number): boolean {
    return this.#isOver(all, codesMax, 1) && this.#isOver(own, codesMax, Math.max(1, callers));
  }

  /** @param parts equal parts of the room; this load may fill one of them */
  #isOver({ calls, codes }: QueueLoad, codesMax: number, parts: number): boolean {
    if (codes >= codesMax / parts) return true;
    if (this.#codesPerMs === 0) return codes >= CODES_AT_FIRST / parts;
    return calls >= CALLS_MIN / parts && codes >= (this.#codesPerMs * WAIT_MAX_MS) / parts;
  }
}

/** Calls, and the codes that they contain. */
export interface QueueLoad {
  readonly calls: number;
  readonly codes: number;
}
