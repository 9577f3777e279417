import type { InstantMs } from './instant.ts';

interface Scheduled<Event> {
  readonly at: InstantMs;
  readonly order: number;
  readonly event: Event;
}

/** What will happen, by time; events of one instant happen in the order they were scheduled in. */
export class EventQueue<Event> {
  // A token has a handful of events ahead: a sorted list is simpler than a heap, and fast enough.
  readonly #ahead: Scheduled<Event>[] = [];
  #order = 0;

  /** When the next one is; undefined when nothing is ahead. */
  get nextAt(): InstantMs | undefined {
    return this.#ahead[0]?.at;
  }

  schedule(at: InstantMs, event: Event): void {
    const scheduled = { at, order: this.#order++, event };
    const place = this.#ahead.findIndex((other) => other.at > at);
    this.#ahead.splice(place < 0 ? this.#ahead.length : place, 0, scheduled);
  }

  /** Takes the next event not later than `until`, if there is one. */
  takeUntil(until: InstantMs): { readonly at: InstantMs; readonly event: Event } | undefined {
    const [next] = this.#ahead;
    if (next === undefined || next.at > until) return undefined;
    this.#ahead.shift();
    return next;
  }

  /** Forgets all events that `which` chooses. */
  cancel(which: (event: Event) => boolean): void {
    const kept = this.#ahead.filter(({ event }) => !which(event));
    this.#ahead.splice(0, this.#ahead.length, ...kept);
  }

  /** A queue of its own with the same events ahead. */
  copy(): EventQueue<Event> {
    const copy = new EventQueue<Event>();
    for (const { at, event } of this.#ahead) copy.schedule(at, event);
    return copy;
  }
}
