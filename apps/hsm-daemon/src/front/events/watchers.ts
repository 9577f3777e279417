import { WATCHERS_MAX } from '../../boundary/limits.ts';
import { TooManyWatchers } from './too-many-watchers.ts';

/** Who waits for events that are yet to come. */
export class Watchers {
  #watching = 0;

  /** One more while `events` last, or until nobody wants them any more. @throws TooManyWatchers */
  async *through<T>(events: AsyncIterable<T>): AsyncGenerator<T> {
    if (this.#watching >= WATCHERS_MAX) throw new TooManyWatchers();
    this.#watching += 1;
    try {
      yield* events;
    } finally {
      this.#watching -= 1;
    }
  }
}
