/** How long a code may wait for the vault before it is decided: two such waits are the longest anybody sees. */
const WAIT_MAX_MS = 60;
/** So many calls may wait however many codes they bring: a caller with a few batches under way is no overload. */
const CALLS_MIN = 10;
/** A daemon that has just started knows nothing of its speed, and a call may bring a thousand codes at once. */
const CODES_AT_FIRST = 2_000;
/** Weight of the newest batch in the estimate: ten batches or so change it. */
const WEIGHT = 0.1;
/** A batch of few codes costs its round trip, and says little of what many would. */
const TELLING_CODES = 64;

/**
 * How many codes may wait, so that nobody waits longer than is of use: a queue that is bounded in codes alone makes
 * everybody wait for seconds once it is full, on a slow store for minutes. Learned from the batches that came back.
 */
export class QueueLimit {
  #codesPerMs = 0;

  /** A batch of so many codes took so long. */
  learn(codes: number, tookMs: number): void {
    if (codes < TELLING_CODES || tookMs <= 0) return;
    const now = codes / tookMs;
    this.#codesPerMs = this.#codesPerMs === 0 ? now : this.#codesPerMs * (1 - WEIGHT) + now * WEIGHT;
  }

  /**
   * Whether a caller's next call would wait too long. While others wait as well, an equal part of the room is each one's own:
   * who has less waiting than that is let in although all of it together is too much.
   * @param codesMax in any case
   */
  isReached(all: QueueLoad, own: QueueLoad, callers: number, codesMax: number): boolean {
    return this.#isOver(all, codesMax, 1) && this.#isOver(own, codesMax, Math.max(1, callers));
  }

  /** @param parts of the room, of which these have one */
  #isOver({ calls, codes }: QueueLoad, codesMax: number, parts: number): boolean {
    if (codes >= codesMax / parts) return true;
    if (this.#codesPerMs === 0) return codes >= CODES_AT_FIRST / parts;
    return calls >= CALLS_MIN / parts && codes >= (this.#codesPerMs * WAIT_MAX_MS) / parts;
  }
}

/** Calls, and the codes that they bring. */
export interface QueueLoad {
  readonly calls: number;
  readonly codes: number;
}
