import { Injectable } from '@nestjs/common';
import { NoTextGateway } from '../errors/front-errors.ts';
import { type OutgoingText, WaitingGateway } from './waiting-gateway.ts';

/** As long as a customer waits before a machine. */
const TAKEN_WITHIN_MS = 2_000;
/** A gateway that took none of so many texts is asked last. */
const MISSED_MAX = 3;
/** Gateways that are tried for one text. */
const TRIED_MAX = 2;

/** Hands texts to gateways that wait for them. The daemon itself connects to none. */
@Injectable()
export class TextDesk {
  /** The one that got no text for longest first. */
  #waiting: readonly WaitingGateway[] = [];
  /** Texts that are being handed over, by id. */
  readonly #sending = new Map<string, Promise<boolean>>();
  readonly #reports = new Map<string, (taken: boolean) => void>();

  /**
   * Returns the zone of the gateway that gets the next text.
   * @throws NoTextGateway before anything is used
   */
  nextZone(): string {
    const [next] = this.#inOrder(() => true);
    if (next === undefined) throw new NoTextGateway();
    return next.zone;
  }

  /** Counts a gateway in until `remove`. */
  add(zone: string): WaitingGateway {
    const gateway = new WaitingGateway(zone);
    this.#waiting = [...this.#waiting, gateway];
    return gateway;
  }

  remove(gateway: WaitingGateway): void {
    this.#waiting = this.#waiting.filter((one) => one !== gateway);
  }

  /**
   * Hands a text over to a gateway of its zone. Returns whether one has taken it in time. A call
   * that is repeated while it runs sends the text once.
   */
  send(zone: string, text: OutgoingText): Promise<boolean> {
    const known = this.#sending.get(text.id);
    if (known !== undefined) return known;
    const sending = this.#tryGateways(zone, text).finally(() => this.#sending.delete(text.id));
    this.#sending.set(text.id, sending);
    return sending;
  }

  /** A report that comes too late, or of an unknown text, changes nothing. */
  report(id: string, isTaken: boolean): void {
    this.#reports.get(id)?.(isTaken);
  }

  async #tryGateways(zone: string, text: OutgoingText): Promise<boolean> {
    for (const gateway of this.#inOrder((one) => one.zone === zone).slice(0, TRIED_MAX)) {
      this.#waiting = [...this.#waiting.filter((one) => one !== gateway), gateway];
      const isTaken = await this.#handOver(gateway, text);
      gateway.missed = isTaken ? 0 : gateway.missed + 1;
      if (isTaken) return true;
    }
    return false;
  }

  #inOrder(isMeant: (gateway: WaitingGateway) => boolean): WaitingGateway[] {
    const meant = this.#waiting.filter((one) => one.hasRoom && isMeant(one));
    const reliable = meant.filter(({ missed }) => missed < MISSED_MAX);
    return [...reliable, ...meant.filter((one) => !reliable.includes(one))];
  }

  async #handOver(gateway: WaitingGateway, text: OutgoingText): Promise<boolean> {
    const { promise: reported, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), TAKEN_WITHIN_MS);
    this.#reports.set(text.id, resolve);
    gateway.push(text);
    try {
      return await reported;
    } finally {
      clearTimeout(timer);
      this.#reports.delete(text.id);
    }
  }
}
