import type { InstantMs } from './instant.ts';

interface Scheduled<Event> {
  readonly at: InstantMs;
  readonly order: number;
  readonly event: Event;
}

/** Future events by time. Events of one instant keep the order in which they were scheduled. */
export class EventQueue<Event> {
  // A token has only a few pending events: a sorted list is simpler than a heap, and fast enough.
  readonly #ahead: Scheduled<Event>[] = [];
  #order = 0;

  /** The time of the next event; undefined if there is none. */
  get nextAt(): InstantMs | undefined {
    return this.#ahead[0]?.at;
  }

  schedule(at: InstantMs, event: Event): void {
    const scheduled = { at, order: this.#order++, event };
    const place = this.#ahead.findIndex((other) => other.at > at);
    this.#ahead.splice(place < 0 ? this.#ahead.length : place, 0, scheduled);
  }

  /** Removes and returns the next event not later than `until`, if any. */
  takeUntil(until: InstantMs): { readonly at: InstantMs; readonly event: Event } | undefined {
    const [next] = this.#ahead;
    if (next === undefined || next.at > until) return undefined;
    this.#ahead.shift();
    return next;
  }

  /** Removes all events that `which` selects. */
  cancel(which: (event: Event) => boolean): void {
    const kept = this.#ahead.filter(({ event }) => !which(event));
    this.#ahead.splice(0, this.#ahead.length, ...kept);
  }

  /** Returns what is ahead, in order. */
  entries(): { readonly at: InstantMs; readonly event: Event }[] {
    return this.#ahead.map(({ at, event }) => ({ at, event }));
  }

  /** Returns an independent queue with the same events. */
  copy(): EventQueue<Event> {
    const copy = new EventQueue<Event>();
    for (const { at, event } of this.#ahead) copy.schedule(at, event);
    return copy;
  }
}
