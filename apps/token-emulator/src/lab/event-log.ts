import type { DeviceEvent } from '../device/device-event.ts';

/** An event of a laboratory: which token's, and its place in the order of all. */
export interface LabEvent extends DeviceEvent {
  readonly sequence: number;
  readonly token: string;
}

/** What somebody waits for; what is not said is anything. */
export interface EventFilter {
  readonly after?: number | undefined;
  readonly token?: string | undefined;
  readonly kind?: string | undefined;
}

/** A week of a busy token; older ones are forgotten, and whoever asks for them hears from where on there are any. */
const EVENTS_MAX = 20_000;
const WATCHERS_MAX = 64;

/** What happened, in order. Sequence numbers begin at 1 and have no holes. */
export class EventLog {
  #events: LabEvent[] = [];
  #sequence = 0;
  readonly #watchers = new Set<(event: LabEvent) => void>();

  /** The number of the last event; 0 before the first. */
  get last(): number {
    return this.#sequence;
  }

  add(token: string, event: DeviceEvent): void {
    const numbered = { ...event, token, sequence: (this.#sequence += 1) };
    this.#events.push(numbered);
    if (this.#events.length > EVENTS_MAX) this.#events.splice(0, EVENTS_MAX / 10);
    for (const watcher of this.#watchers) watcher(numbered);
  }

  /** In order, at most `count`. */
  list(filter: EventFilter, count: number): LabEvent[] {
    const found: LabEvent[] = [];
    for (const event of this.#events) {
      if (matches(event, filter)) found.push(event);
      if (found.length >= count) break;
    }
    return found;
  }

  /** The first that matches, now or when it comes; undefined when none came in time, or whoever asked has `gone`. @throws RangeError */
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
      // Refused before anything else stands.
      const unwatch = this.watch((event) => {
        if (matches(event, filter)) done(event);
      });
      const timer = setTimeout(leave, timeoutMs);
      gone?.addEventListener('abort', leave);
    });
  }

  /** @returns how to stop. @throws RangeError for too many */
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
