import { Injectable } from '@nestjs/common';
import type { SealedText } from '../../boundary/activation-commands.ts';
import { TEXTS_WAITING_MAX } from '../../boundary/limits.ts';
import { NoTextGateway } from '../errors/front-errors.ts';

/** As long as a customer waits before a machine. */
const TAKEN_WITHIN_MS = 2_000;

/** A text, and where to. The number is kept for as long as the call with it lasts. */
export interface OutgoingText extends SealedText {
  readonly mobileNumber: string;
}

/** A gateway that waits for texts, with those that it has not read yet. */
export class WaitingGateway {
  readonly zone: string;
  readonly #texts: OutgoingText[] = [];
  #wake: () => void = () => {};

  constructor(zone: string) {
    this.zone = zone;
  }

  get hasRoom(): boolean {
    return this.#texts.length < TEXTS_WAITING_MAX;
  }

  push(text: OutgoingText): void {
    this.#texts.push(text);
    this.#wake();
  }

  take(): OutgoingText | undefined {
    return this.#texts.shift();
  }

  /** Ends the wait of `texts`, for a call that has gone. */
  wake(): void {
    this.#wake();
  }

  /** Resolves at the next text, or when it is woken. */
  woken(): Promise<void> {
    if (this.#texts.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Hands texts to gateways that wait for them. The daemon itself connects to none. */
@Injectable()
export class TextDesk {
  /** The one that got no text for longest first. */
  readonly #waiting: WaitingGateway[] = [];
  readonly #reports = new Map<string, (taken: boolean) => void>();

  /**
   * Returns the zone of the gateway that gets the next text.
   * @throws NoTextGateway before anything is used
   */
  nextZone(): string {
    const next = this.#waiting.find(({ hasRoom }) => hasRoom);
    if (next === undefined) throw new NoTextGateway();
    return next.zone;
  }

  /** Counts a gateway in until `remove`. */
  add(zone: string): WaitingGateway {
    const gateway = new WaitingGateway(zone);
    this.#waiting.push(gateway);
    return gateway;
  }

  remove(gateway: WaitingGateway): void {
    const at = this.#waiting.indexOf(gateway);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  /** Hands a text over to a gateway of its zone. Returns whether that has taken it in time. */
  async send(zone: string, text: OutgoingText): Promise<boolean> {
    const gateway = this.#waiting.find((one) => one.zone === zone && one.hasRoom);
    if (gateway === undefined) return false;
    this.remove(gateway);
    this.#waiting.push(gateway);
    const taken = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), TAKEN_WITHIN_MS);
      this.#reports.set(text.id, (isTaken) => {
        clearTimeout(timer);
        resolve(isTaken);
      });
    });
    gateway.push(text);
    const isTaken = await taken;
    this.#reports.delete(text.id);
    return isTaken;
  }

  /** A report that comes too late, or of an unknown text, changes nothing. */
  report(id: string, isTaken: boolean): void {
    this.#reports.get(id)?.(isTaken);
  }
}
