/** Beyond this number of unread reports the oldest are lost, as with a real device. */
const WAITING_MAX = 1_024;

/** A host's request for the next report. */
interface Request {
  readonly granted: (report: Uint8Array) => void;
  readonly dropped: () => void;
}

/** Queues input reports for a host that asks for them. */
export class InputQueue {
  #reports: Uint8Array[] = [];
  #asking: Request[] = [];
  /** How many hosts have gone. */
  #host = 0;

  push(report: Uint8Array): void {
    const [first] = this.#asking.splice(0, 1);
    if (first !== undefined) return first.granted(report);
    this.#reports.push(report);
    if (this.#reports.length > WAITING_MAX) this.#reports.shift();
  }

  /** Returns a `push` for the host that is attached now: it does nothing once that has gone. */
  pushForThisHost(): (report: Uint8Array) => void {
    const host = this.#host;
    return (report) => {
      if (host === this.#host) this.push(report);
    };
  }

  /** Removes and returns the oldest report in the queue, if any. */
  takeNow(): Uint8Array | undefined {
    return this.#reports.shift();
  }

  /**
   * Calls back with the next report, or once the request is dropped.
   * @returns a function that cancels the request; false if it was granted already
   */
  ask(granted: Request['granted'], dropped: Request['dropped']): () => boolean {
    const waiting = this.takeNow();
    if (waiting !== undefined) {
      granted(waiting);
      return () => false;
    }
    const request = { granted, dropped };
    this.#asking.push(request);
    return () => {
      const at = this.#asking.indexOf(request);
      if (at >= 0) this.#asking.splice(at, 1);
      return at >= 0;
    };
  }

  /** Drops all requests: no report will come for them. */
  dropRequests(): void {
    for (const { dropped } of this.#asking.splice(0)) dropped();
  }

  /** Drops all requests and reports: the host has gone. */
  clear(): void {
    this.#host += 1;
    this.#reports = [];
    this.dropRequests();
  }
}
