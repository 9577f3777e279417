import { createServer, type Server, type Socket } from 'node:net';
import type { BusDevice } from '../../usb/bus-device.ts';
import { AttachedHost } from './attached-host.ts';
import { ByteStream } from './byte-stream.ts';
import {
  BUS_ID_BYTES,
  type BusAddress,
  busIdOf,
  deviceRecord,
  interfaceRecords,
  OP,
  OP_BYTES,
  operation,
} from './usbip-messages.ts';

/** A laboratory's fleet. A Linux host attaches 120 of them at once. */
export const DEVICES_MAX = 1_024;
const CONNECTIONS_MAX = 2_048;
/** A host sends its request at once. */
const HANDSHAKE_MS = 5_000;
const KEEP_ALIVE_MS = 30_000;
const BUS = 1;
const NOT_THERE = 1;

interface Plugged {
  readonly place: BusAddress;
  readonly device: BusDevice;
  /** The host that has imported it. */
  host: AttachedHost | undefined;
}

/** A bus from which hosts import devices over TCP: a Linux kernel sees them as its own. */
export class UsbIpServer {
  readonly #server: Server;
  readonly #plugged = new Map<string, Plugged>();
  readonly #sockets = new Set<Socket>();
  #nextNumber = 1;

  private constructor() {
    this.#server = createServer((socket) => void this.#serve(socket));
    this.#server.maxConnections = CONNECTIONS_MAX;
  }

  /** Listens on loopback by default; port 0 takes any free one. */
  static listen(port: number, host = '127.0.0.1'): Promise<UsbIpServer> {
    const server = new UsbIpServer();
    return new Promise((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(port, host, () => resolve(server));
    });
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /**
   * Adds a device to the bus.
   * @returns the bus id by which hosts name it
   * @throws RangeError beyond `DEVICES_MAX`
   */
  plug(device: BusDevice): string {
    if (this.#plugged.size >= DEVICES_MAX) throw new RangeError(`at most ${DEVICES_MAX} devices are on one bus`);
    const place = { bus: BUS, number: this.#nextNumber };
    this.#nextNumber += 1;
    const busId = busIdOf(place);
    this.#plugged.set(busId, { place, device, host: undefined });
    return busId;
  }

  /** Disconnects the host of a device at once. The device stays on the list for `usbip attach`. */
  pull(busId: string): void {
    this.#plugged.get(busId)?.host?.leave();
  }

  /** Removes a device from the bus. */
  unplug(busId: string): void {
    this.pull(busId);
    this.#plugged.delete(busId);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }

  async #serve(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.setTimeout(HANDSHAKE_MS, () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    try {
      await this.#negotiate(socket, new ByteStream(socket));
    } catch {
      // A protocol error or a pulled cable ends this connection and nothing else.
    } finally {
      socket.destroy();
    }
  }

  async #negotiate(socket: Socket, stream: ByteStream): Promise<void> {
    const head = await stream.take(OP_BYTES);
    switch (head?.readUInt16BE(2)) {
      case OP.devlistRequest:
        socket.end(this.#list());
        return;
      case OP.importRequest:
        return this.#import(socket, stream);
      default:
        return;
    }
  }

  #list(): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.#plugged.size);
    const devices = [...this.#plugged.values()].flatMap(({ place, device }) => [
      deviceRecord(place, device.personality),
      interfaceRecords(device.personality),
    ]);
    return Buffer.concat([operation(OP.devlistReply), count, ...devices]);
  }

  async #import(socket: Socket, stream: ByteStream): Promise<void> {
    const bytes = await stream.take(BUS_ID_BYTES);
    if (bytes === undefined) return;
    // The bytes after the first zero are leftovers of the host's memory.
    const [busId = ''] = bytes.toString('latin1').split('\0');
    const plugged = this.#plugged.get(busId);
    if (plugged === undefined || plugged.host !== undefined) {
      socket.end(operation(OP.importReply, NOT_THERE));
      return;
    }
    plugged.host = new AttachedHost(socket, stream, plugged.device, plugged.place);
    socket.setTimeout(0);
    // A host that has lost its power or its network frees its device within minutes.
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    try {
      const record = deviceRecord(plugged.place, plugged.device.personality);
      socket.write(Buffer.concat([operation(OP.importReply), record]));
      await plugged.host.serve();
    } finally {
      plugged.host = undefined;
    }
  }
}
