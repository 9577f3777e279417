import { type BusDevice, type PendingTransfer, STALL, type TransferOutcome } from './bus-device.ts';

/**
 * Reads interrupt endpoints in the pace of their `bInterval`, as a host controller does: one report
 * an interval. Without it a device hands over what it types at once, and a host's queue of events
 * overflows.
 */
export class PacedReads {
  readonly #device: BusDevice;
  readonly #everyMs: number;
  /** The end of the last read of each endpoint, and of its interval. */
  readonly #last = new Map<number, Promise<void>>();

  constructor(device: BusDevice, everyMs: number) {
    this.#device = device;
    this.#everyMs = everyMs;
  }

  read(endpoint: number): PendingTransfer {
    let isGivenUp = false;
    let held: PendingTransfer | undefined;
    let giveUp = () => {};
    // A cancelled read never ends by itself, and the next one must not wait for it.
    const givenUp = new Promise<TransferOutcome>((resolve) => {
      giveUp = () => resolve(STALL);
    });
    const done = this.#after(endpoint, async () => {
      if (isGivenUp) return STALL;
      held = this.#device.readInterrupt(endpoint);
      return Promise.race([held.done, givenUp]);
    });
    const cancel = () => {
      if (held !== undefined && !held.cancel()) return false;
      isGivenUp = true;
      giveUp();
      return true;
    };
    return { done, cancel };
  }

  /** Runs one read of an endpoint after the other, with the interval in between. */
  #after(endpoint: number, work: () => Promise<TransferOutcome>): Promise<TransferOutcome> {
    const outcome = (this.#last.get(endpoint) ?? Promise.resolve()).then(work);
    this.#last.set(
      endpoint,
      outcome.then(() => new Promise((next) => setTimeout(next, this.#everyMs))),
    );
    return outcome;
  }
}
