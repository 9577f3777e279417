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
  #codes_per_ms = 0;

  /** A batch of so many codes took so long. */
  learn(codes: number, took_ms: number): void {
    if (codes < TELLING_CODES || took_ms <= 0) return;
    const now = codes / took_ms;
    this.#codes_per_ms = this.#codes_per_ms === 0 ? now : this.#codes_per_ms * (1 - WEIGHT) + now * WEIGHT;
  }

  /** Whether whoever comes now would wait too long behind these. @param codes_max in any case */
  isReached(calls: number, codes: number, codes_max: number): boolean {
    if (codes >= codes_max) return true;
    if (this.#codes_per_ms === 0) return codes >= CODES_AT_FIRST;
    return calls >= CALLS_MIN && codes >= this.#codes_per_ms * WAIT_MAX_MS;
  }
}
