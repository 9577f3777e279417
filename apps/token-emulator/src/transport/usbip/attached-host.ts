import type { Socket } from 'node:net';
import { type BusDevice, type PendingTransfer, STALL, type TransferOutcome } from '../../usb/bus-device.ts';
import { INTERVAL_MS } from '../../usb/descriptors.ts';
import { PacedReads } from '../../usb/paced-reads.ts';
import { readSetup } from '../../usb/setup-packet.ts';
import type { ByteStream } from './byte-stream.ts';
import {
  type BusAddress,
  CMD,
  deviceIdOf,
  HEADER_BYTES,
  readHead,
  STATUS,
  submitted,
  type UrbHead,
  unlinked,
} from './usbip-messages.ts';

/**
 * HID reports and descriptors are far smaller: a longer buffer is filled as far as there is data.
 */
const TRANSFER_BYTES_MAX = 4_096;
/** A host that sends more is not speaking this protocol. */
const SENT_BYTES_MAX = 1_048_576;
/** usbhid has one or two URBs in flight per endpoint. */
const HELD_MAX = 256;
/** Queued control and write transfers. At this number, reading pauses. */
const QUEUED_MAX = 64;
/** Answers that a host leaves unread. Beyond this it is disconnected. */
const UNREAD_BYTES_MAX = 1_048_576;
/** USB 2.0, 9.6.6: an endpoint's number has four bits. */
const ENDPOINT_MAX = 15;
const NO_DATA = new Uint8Array();

/** Thrown when a host sends something other than valid URBs. */
class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtocolError';
  }
}

/** Serves the URBs of a host that has imported a device. */
export class AttachedHost {
  readonly #socket: Socket;
  readonly #stream: ByteStream;
  readonly #device: BusDevice;
  readonly #id: number;
  readonly #reads: PacedReads;
  readonly #held = new Map<number, PendingTransfer>();
  /** Sequence numbers of ordered transfers that are not answered yet. */
  readonly #queued = new Set<number>();
  /** Transfers that get no answer: they are under way until the host unlinks them. */
  readonly #lost = new Set<number>();
  #last: Promise<void> = Promise.resolve();
  readonly #gone: Promise<void>;
  #isAttached = false;

  /** @param place of the device on the bus, which each URB names */
  constructor(socket: Socket, stream: ByteStream, device: BusDevice, place: BusAddress) {
    this.#socket = socket;
    this.#stream = stream;
    this.#device = device;
    this.#id = deviceIdOf(place);
    this.#reads = new PacedReads(device, INTERVAL_MS);
    this.#gone = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  /**
   * Serves until the host disconnects.
   * @throws ProtocolError
   */
  async serve(): Promise<void> {
    this.#device.attached(true);
    this.#isAttached = true;
    try {
      for (let head = await this.#next(); head !== undefined; head = await this.#next()) await this.#take(head);
    } finally {
      this.leave();
    }
  }

  /** Ends at once: what comes later, such as power from elsewhere, is not this host's. */
  leave(): void {
    for (const held of this.#held.values()) held.cancel();
    this.#held.clear();
    this.#queued.clear();
    this.#lost.clear();
    if (this.#isAttached) this.#device.attached(false);
    this.#isAttached = false;
    this.#socket.destroy();
  }

  async #next(): Promise<UrbHead | undefined> {
    const bytes = await this.#stream.take(HEADER_BYTES);
    return bytes && readHead(bytes);
  }

  async #take(head: UrbHead): Promise<void> {
    if (head.command === CMD.unlink) return this.#unlink(head);
    this.#check(head);
    const data = head.toHost ? NO_DATA : await this.#stream.take(head.length);
    if (data === undefined) return;
    if (head.endpoint !== 0 && head.toHost) return this.#hold(head);
    const work = () => this.#carryOut(head, data);
    this.#last = this.#after(this.#last, head, work);
    if (this.#queued.size >= QUEUED_MAX) await Promise.race([this.#last, this.#gone]);
  }

  async #carryOut({ endpoint, setup }: UrbHead, data: Uint8Array): Promise<TransferOutcome> {
    if (data.length > TRANSFER_BYTES_MAX) return STALL;
    if (endpoint === 0) return this.#device.control(readSetup(setup), data);
    return this.#device.writeInterrupt(endpoint, data);
  }

  /** @throws ProtocolError */
  #check({ command, deviceId, endpoint, length, sequence, toHost }: UrbHead): void {
    if (command !== CMD.submit) throw new ProtocolError(`no URB has the command ${command}`);
    if (endpoint > ENDPOINT_MAX) throw new ProtocolError(`there is no endpoint ${endpoint}`);
    if (deviceId !== this.#id) throw new ProtocolError(`this is not the device ${deviceId.toString(16)}`);
    if (length < 0 || (!toHost && length > SENT_BYTES_MAX)) throw new ProtocolError('a transfer is too long');
    if (this.#held.has(sequence) || this.#queued.has(sequence) || this.#lost.has(sequence)) {
      throw new ProtocolError('a transfer has the number of one that is under way');
    }
  }

  /**
   * Runs transfers in order. Any failure of a device is a stall and does not end the connection.
   */
  async #after(former: Promise<void>, head: UrbHead, work: () => Promise<TransferOutcome>): Promise<void> {
    this.#queued.add(head.sequence);
    await former;
    // Unlinked in the meantime, or its host has gone: it never reaches the device.
    if (!this.#queued.has(head.sequence)) return;
    const outcome = await work().catch(() => STALL);
    // A transfer unlinked in the meantime was answered by #unlink.
    if (this.#queued.delete(head.sequence)) this.#answer(head, outcome);
  }

  #hold(head: UrbHead): void {
    if (this.#held.size >= HELD_MAX) throw new ProtocolError(`at most ${HELD_MAX} transfers are held`);
    const held = this.#reads.read(head.endpoint);
    this.#held.set(head.sequence, held);
    void this.#answerHeld(head, held);
  }

  async #answerHeld(head: UrbHead, held: PendingTransfer): Promise<void> {
    const outcome = await held.done;
    if (this.#held.delete(head.sequence)) this.#answer(head, outcome);
  }

  #unlink({ sequence, victim }: UrbHead): void {
    const held = this.#held.get(victim);
    const answer = (status: number) => this.#write(unlinked(sequence, status));
    // It was given a report already, which must not be lost: it is answered first.
    if (held !== undefined && !held.cancel()) return void held.done.then(() => answer(STATUS.ok));
    const wasPending = this.#held.delete(victim) || this.#queued.delete(victim) || this.#lost.delete(victim);
    answer(wasPending ? STATUS.unlinked : STATUS.ok);
  }

  #answer(head: UrbHead, outcome: TransferOutcome): void {
    switch (outcome.status) {
      case 'lost':
        return this.#lose(head.sequence);
      case 'unplugged':
        return this.leave();
      case 'stall':
        return this.#write(submitted(head.sequence, STATUS.stall, 0, NO_DATA));
      case 'ok': {
        const data = head.toHost ? outcome.bytes.subarray(0, head.length) : NO_DATA;
        this.#write(submitted(head.sequence, STATUS.ok, head.toHost ? data.length : head.length, data));
      }
    }
  }

  /** Forgets the oldest beyond a limit: a host that never unlinks has forgotten it, too. */
  #lose(sequence: number): void {
    this.#lost.add(sequence);
    const [oldest] = this.#lost;
    if (this.#lost.size > HELD_MAX && oldest !== undefined) this.#lost.delete(oldest);
  }

  #write(bytes: Buffer): void {
    this.#socket.write(bytes);
    if (this.#socket.writableLength > UNREAD_BYTES_MAX) this.#socket.destroy();
  }
}
