import { type BusDevice, type PendingTransfer, STALL, type TransferOutcome } from './bus-device.ts';

/**
 * Reads interrupt endpoints in the pace of their `bInterval`, as a host controller does: one report
 * an interval. Without it a device hands over what it types at once, and a host's queue of events
 * overflows. A cancelled read takes no interval.
 */
export class PacedReads {
  readonly #device: BusDevice;
  readonly #everyMs: number;
  readonly #endpoints = new Map<number, PacedEndpoint>();

  constructor(device: BusDevice, everyMs: number) {
    this.#device = device;
    this.#everyMs = everyMs;
  }

  read(endpoint: number): PendingTransfer {
    const known = this.#endpoints.get(endpoint);
    const paced = known ?? new PacedEndpoint(() => this.#device.readInterrupt(endpoint), this.#everyMs);
    this.#endpoints.set(endpoint, paced);
    return paced.read();
  }
}

interface Turn {
  readonly end: (outcome: TransferOutcome) => void;
  held: PendingTransfer | undefined;
}

/** One read after the other, with the interval after each that was answered. */
class PacedEndpoint {
  readonly #ask: () => PendingTransfer;
  readonly #everyMs: number;
  #waiting: Turn[] = [];
  #current: Turn | undefined;
  #isResting = false;

  constructor(ask: () => PendingTransfer, everyMs: number) {
    this.#ask = ask;
    this.#everyMs = everyMs;
  }

  read(): PendingTransfer {
    const { promise: done, resolve: end } = Promise.withResolvers<TransferOutcome>();
    const turn: Turn = { end, held: undefined };
    this.#waiting.push(turn);
    this.#next();
    return { done, cancel: () => this.#cancel(turn) };
  }

  #next(): void {
    if (this.#current !== undefined || this.#isResting) return;
    const turn = this.#waiting.shift();
    if (turn === undefined) return;
    this.#current = turn;
    turn.held = this.#ask();
    void turn.held.done.catch(() => STALL).then((outcome) => this.#answered(turn, outcome));
  }

  #answered(turn: Turn, outcome: TransferOutcome): void {
    turn.end(outcome);
    if (this.#current !== turn) return;
    this.#current = undefined;
    this.#isResting = true;
    setTimeout(() => {
      this.#isResting = false;
      this.#next();
    }, this.#everyMs);
  }

  #cancel(turn: Turn): boolean {
    if (turn === this.#current) {
      if (turn.held?.cancel() !== true) return false;
      this.#current = undefined;
    } else if (!this.#waiting.includes(turn)) return false;
    this.#waiting = this.#waiting.filter((one) => one !== turn);
    // Nothing answers a cancelled read by itself.
    turn.end(STALL);
    this.#next();
    return true;
  }
}
