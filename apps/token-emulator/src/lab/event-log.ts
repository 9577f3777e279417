import type { DeviceEvent } from '../device/device-event.ts';

/** An event of a laboratory, with its token and its place in the order of all events. */
export interface LabEvent extends DeviceEvent {
  readonly sequence: number;
  readonly token: string;
}

/** Which events to match; an absent field matches any. */
export interface EventFilter {
  readonly after?: number | undefined;
  readonly token?: string | undefined;
  readonly kind?: string | undefined;
}

/** A week of a busy token. Older events are dropped; sequence numbers show where the log begins. */
const EVENTS_MAX = 20_000;
const WATCHERS_MAX = 64;

/** Events in order. Sequence numbers begin at 1 and have no gaps. */
export class EventLog {
  #events: LabEvent[] = [];
  #sequence = 0;
  /** How often each kind has happened to each token, in all. */
  readonly #counts = new Map<string, number>();
  readonly #watchers = new Set<(event: LabEvent) => void>();

  /** The number of the last event; 0 before the first. */
  get last(): number {
    return this.#sequence;
  }

  add(token: string, event: DeviceEvent): void {
    const numbered = { ...event, token, sequence: (this.#sequence += 1) };
    this.#events.push(numbered);
    const key = `${token} ${event.kind}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    if (this.#events.length > EVENTS_MAX) this.#events.splice(0, EVENTS_MAX / 10);
    for (const watcher of this.#watchers) watcher(numbered);
  }

  /** Numbers events from here on, for readers of a laboratory that is continued. */
  continueAfter(sequence: number): void {
    this.#sequence = sequence;
  }

  /** Returns how often something has happened to a token, however long ago. */
  countOf(token: string, kind: string): number {
    return this.#counts.get(`${token} ${kind}`) ?? 0;
  }

  /** Returns the matching events in order, at most `count`. */
  list(filter: EventFilter, count: number): LabEvent[] {
    const found: LabEvent[] = [];
    // Numbers have no gaps, so that a reader's place in the log is known.
    const begin = Math.max(0, (filter.after ?? 0) + 1 - (this.#events[0]?.sequence ?? 0));
    for (let i = begin; i < this.#events.length && found.length < count; i++) {
      const event = this.#events[i];
      if (event !== undefined && matches(event, filter)) found.push(event);
    }
    return found;
  }

  /**
   * Waits for the first match, past or future; undefined after the timeout or once the caller is
   * `gone`.
   * @throws RangeError if too many wait
   */
  async waitFor(filter: EventFilter, timeoutMs: number, gone?: AbortSignal): Promise<LabEvent | undefined> {
    const [known] = this.list(filter, 1);
    if (known !== undefined) return known;
    return new Promise((resolve) => {
      const done = (event: LabEvent | undefined) => {
        clearTimeout(timer);
        unwatch();
        gone?.removeEventListener('abort', leave);
        resolve(event);
      };
      const leave = () => done(undefined);
      // May throw, so it comes before the timer and the listener.
      const unwatch = this.watch((event) => {
        if (matches(event, filter)) done(event);
      });
      const timer = setTimeout(leave, timeoutMs);
      gone?.addEventListener('abort', leave);
    });
  }

  /**
   * Passes each new event to `watcher`.
   * @returns a function that stops it
   * @throws RangeError if too many watch
   */
  watch(watcher: (event: LabEvent) => void): () => void {
    if (this.#watchers.size >= WATCHERS_MAX) throw new RangeError(`at most ${WATCHERS_MAX} watch at once`);
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }
}

function matches(event: LabEvent, { after = 0, token, kind }: EventFilter): boolean {
  if (event.sequence <= after) return false;
  return (token === undefined || event.token === token) && (kind === undefined || event.kind === kind);
}
