/** A host that reads nothing for so long has lost the oldest reports, as with a real device. */
const WAITING_MAX = 1_024;

/** Input reports on their way to a host that asks for them. */
export class InputQueue {
  #reports: Uint8Array[] = [];
  #asking: ((report: Uint8Array) => void)[] = [];

  push(report: Uint8Array): void {
    const [first] = this.#asking.splice(0, 1);
    if (first !== undefined) return first(report);
    this.#reports.push(report);
    if (this.#reports.length > WAITING_MAX) this.#reports.shift();
  }

  /** What waits already, if something does. */
  takeNow(): Uint8Array | undefined {
    return this.#reports.shift();
  }

  /** Calls back with the next report. @returns how to take the wish back; false when it was granted already */
  ask(granted: (report: Uint8Array) => void): () => boolean {
    const waiting = this.takeNow();
    if (waiting !== undefined) {
      granted(waiting);
      return () => false;
    }
    this.#asking.push(granted);
    return () => {
      const at = this.#asking.indexOf(granted);
      if (at >= 0) this.#asking.splice(at, 1);
      return at >= 0;
    };
  }

  /** The host has gone: nobody asks any more, and what waited for it is gone with it. */
  clear(): void {
    this.#reports = [];
    this.#asking = [];
  }
}
