import type { Socket } from 'node:net';
import type { BusDevice, Held, Outcome } from '../../usb/bus-device.ts';
import { readSetup } from '../../usb/setup-packet.ts';
import type { ByteStream } from './byte-stream.ts';
import { CMD, HEADER_BYTES, readHead, STATUS, submitted, type UrbHead, unlinked } from './usbip-messages.ts';

/** HID reports and descriptors are far smaller; a longer transfer is no host of ours. */
const TRANSFER_BYTES_MAX = 4_096;
/** usbhid has one or two URBs in the air an endpoint. */
const HELD_MAX = 256;
const NO_DATA = new Uint8Array();

/** A host that says something else than URBs. */
class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtocolError';
  }
}

/** A host that has imported a device: its URBs, until it goes. */
export class AttachedHost {
  readonly #socket: Socket;
  readonly #stream: ByteStream;
  readonly #device: BusDevice;
  readonly #held = new Map<number, Held>();
  // Transfers of the control endpoint are answered in their order.
  #control: Promise<void> = Promise.resolve();

  constructor(socket: Socket, stream: ByteStream, device: BusDevice) {
    this.#socket = socket;
    this.#stream = stream;
    this.#device = device;
  }

  /** Serves until the host goes. @throws ProtocolError */
  async serve(): Promise<void> {
    this.#device.attached(true);
    try {
      for (let head = await this.#next(); head !== undefined; head = await this.#next()) await this.#take(head);
    } finally {
      for (const held of this.#held.values()) held.cancel();
      this.#held.clear();
      this.#device.attached(false);
    }
  }

  async #next(): Promise<UrbHead | undefined> {
    const bytes = await this.#stream.take(HEADER_BYTES);
    return bytes && readHead(bytes);
  }

  async #take(head: UrbHead): Promise<void> {
    if (head.command === CMD.unlink) return this.#unlink(head);
    if (head.command !== CMD.submit) throw new ProtocolError(`no URB has the command ${head.command}`);
    if (head.length < 0 || head.length > TRANSFER_BYTES_MAX) throw new ProtocolError('a transfer is too long');
    const data = head.to_host ? NO_DATA : await this.#stream.take(head.length);
    if (data === undefined) return;
    if (head.endpoint === 0) this.#control = this.#control.then(() => this.#transferControl(head, data));
    else if (head.to_host) this.#hold(head);
    else this.#control = this.#control.then(() => this.#write(head, data));
  }

  async #transferControl(head: UrbHead, data: Uint8Array): Promise<void> {
    this.#answer(head, await this.#device.control(readSetup(head.setup), data));
  }

  async #write(head: UrbHead, data: Uint8Array): Promise<void> {
    this.#answer(head, await this.#device.writeInterrupt(head.endpoint, data));
  }

  #hold(head: UrbHead): void {
    if (this.#held.size >= HELD_MAX) throw new ProtocolError(`at most ${HELD_MAX} transfers are held`);
    const held = this.#device.readInterrupt(head.endpoint);
    this.#held.set(head.sequence, held);
    void this.#answerHeld(head, held);
  }

  async #answerHeld(head: UrbHead, held: Held): Promise<void> {
    const outcome = await held.done;
    // One that was unlinked meanwhile is answered there.
    if (this.#held.delete(head.sequence)) this.#answer(head, outcome);
  }

  #unlink({ sequence, victim }: UrbHead): void {
    const held = this.#held.get(victim);
    const was_pending = held !== undefined && this.#held.delete(victim);
    held?.cancel();
    this.#socket.write(unlinked(sequence, was_pending ? STATUS.unlinked : STATUS.ok));
  }

  #answer(head: UrbHead, outcome: Outcome): void {
    switch (outcome.status) {
      case 'lost':
        return;
      case 'unplugged':
        return void this.#socket.destroy();
      case 'stall':
        return void this.#socket.write(submitted(head.sequence, STATUS.stall, 0, NO_DATA));
      case 'ok': {
        const data = head.to_host ? outcome.bytes.subarray(0, head.length) : NO_DATA;
        this.#socket.write(submitted(head.sequence, STATUS.ok, head.to_host ? data.length : head.length, data));
      }
    }
  }
}
