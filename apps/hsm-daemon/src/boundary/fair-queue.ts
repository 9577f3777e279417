/** An item that waits, and its caller. */
export interface Queued {
  readonly caller: string;
  readonly weight: number;
  /** The number of calls in it. */
  readonly calls: number;
  /** True once its caller has gone. The item is then dropped, and `onGone` is called. */
  readonly hasGone: () => boolean;
  readonly onGone: () => void;
}

/**
 * A queue with a line for each caller. The lines are served in turn, each up to `share` of weight,
 * so one caller's flood lengthens only its own line (deficit round robin, Shreedhar and Varghese
 * 1996).
 */
export class FairQueue<T extends Queued> {
  // The first line is served next: a map keeps its keys in insertion order.
  readonly #lines = new Map<string, CallerQueue<T>>();
  readonly #share: number;
  #weight = 0;
  #length = 0;
  #calls = 0;

  constructor(share: number) {
    this.#share = share;
  }

  get length(): number {
    return this.#length;
  }

  get weight(): number {
    return this.#weight;
  }

  get calls(): number {
    return this.#calls;
  }

  /** Number of callers with waiting items. */
  get callers(): number {
    return this.#lines.size;
  }

  has(caller: string): boolean {
    return this.#lines.has(caller);
  }

  waitingOf(caller: string): { readonly calls: number; readonly weight: number } {
    const { calls, weight } = this.#lines.get(caller) ?? { calls: 0, weight: 0 };
    return { calls, weight };
  }

  push(one: T): void {
    const line = this.#lines.get(one.caller) ?? { queued: [], weight: 0, calls: 0 };
    this.#lines.set(one.caller, line);
    line.queued.push(one);
    line.weight += one.weight;
    line.calls += one.calls;
    this.#calls += one.calls;
    this.#weight += one.weight;
    this.#length += 1;
  }

  /** Takes items that fit into `room`, from the lines in turn; at least one, however heavy. */
  take(room: number): T[] {
    const taken: T[] = [];
    let left = room;
    for (;;) {
      const [first] = this.#lines;
      if (first === undefined) return taken;
      const [caller, line] = first;
      for (let share = this.#share; share > 0 && line.queued.length > 0; ) {
        const one = line.queued[0] as T;
        const isGone = one.hasGone();
        if (!isGone && taken.length > 0 && one.weight > left) return taken;
        this.#shift(line);
        if (isGone) {
          one.onGone();
          continue;
        }
        taken.push(one);
        left -= one.weight;
        share -= one.weight;
      }
      // Moves the line to the end.
      this.#lines.delete(caller);
      if (line.queued.length > 0) this.#lines.set(caller, line);
      if (left <= 0) return taken;
    }
  }

  /** Takes all items, in no particular order. */
  takeAll(): T[] {
    const all = [...this.#lines.values()].flatMap(({ queued }) => queued);
    this.#lines.clear();
    this.#weight = 0;
    this.#length = 0;
    this.#calls = 0;
    return all;
  }

  #shift(line: CallerQueue<T>): void {
    const { weight = 0, calls = 0 } = line.queued.shift() ?? {};
    line.weight -= weight;
    line.calls -= calls;
    this.#calls -= calls;
    this.#weight -= weight;
    this.#length -= 1;
  }
}

interface CallerQueue<T> {
  readonly queued: T[];
  weight: number;
  calls: number;
}
