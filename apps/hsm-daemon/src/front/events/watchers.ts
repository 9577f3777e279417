import { WATCHERS_A_CALLER_MAX, WATCHERS_MAX } from '../../boundary/limits.ts';
import { TooManyWatchers } from '../errors/front-errors.ts';

/**
 * Bounds the watchers of future events, in total and per caller, so that no caller takes every
 * slot.
 */
export class Watchers {
  readonly #ofCaller = new Map<string, number>();
  #watching = 0;

  /**
   * Counts one more watcher of a caller while `events` last and are read.
   * @throws TooManyWatchers
   */
  async *through<T>(caller: string, events: AsyncIterable<T>): AsyncGenerator<T> {
    const own = this.#ofCaller.get(caller) ?? 0;
    if (own >= WATCHERS_A_CALLER_MAX || this.#watching >= WATCHERS_MAX) throw new TooManyWatchers();
    this.#add(caller, 1);
    try {
      yield* events;
    } finally {
      this.#add(caller, -1);
    }
  }

  #add(caller: string, more: number): void {
    this.#watching += more;
    const own = (this.#ofCaller.get(caller) ?? 0) + more;
    if (own > 0) this.#ofCaller.set(caller, own);
    else this.#ofCaller.delete(caller);
  }
}
