// A small USB/IP host that speaks like the kernel's vhci driver, for tests without a kernel.
import { connect, type Socket } from 'node:net';
import { ByteStream } from '../../src/transport/usbip/byte-stream.ts';

const HEADER = 48;
const DEVICE_RECORD = 312;

export interface Returned {
  readonly command: number;
  readonly sequence: number;
  readonly status: number;
  readonly data: Buffer;
}

export class UsbIpHost {
  readonly socket: Socket;
  readonly #stream: ByteStream;
  #sequence = 0;
  /** By which each transfer names its device. */
  deviceId = 0;
  readonly #wanted = new Map<number, boolean>();

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1').setNoDelay(true);
    this.socket.on('error', () => {});
    this.#stream = new ByteStream(this.socket);
  }

  async list(): Promise<{ readonly count: number; readonly bytes: Buffer }> {
    this.socket.write(Buffer.from('0111800500000000', 'hex'));
    const head = (await this.#stream.take(12)) ?? Buffer.alloc(12);
    const count = head.readUInt32BE(8);
    return { count, bytes: (await this.#stream.take(count * DEVICE_RECORD)) ?? Buffer.alloc(0) };
  }

  /** @returns the status: 0 if it was attached */
  async attach(busId: string): Promise<number> {
    const name = Buffer.alloc(32);
    name.write(busId);
    this.socket.write(Buffer.concat([Buffer.from('0111800300000000', 'hex'), name]));
    const head = await this.#stream.take(8);
    const status = head?.readUInt32BE(4) ?? 1;
    const record = status === 0 ? await this.#stream.take(DEVICE_RECORD) : undefined;
    if (record !== undefined) this.deviceId = (record.readUInt32BE(288) << 16) | record.readUInt32BE(292);
    return status;
  }

  /** @returns its sequence number */
  submit(
    endpoint: number,
    toHost: boolean,
    length: number,
    setup: string,
    data: Uint8Array = new Uint8Array(),
  ): number {
    const head = Buffer.alloc(HEADER);
    const sequence = (this.#sequence += 1);
    this.#wanted.set(sequence, toHost);
    head.writeUInt32BE(1, 0);
    head.writeUInt32BE(sequence, 4);
    head.writeUInt32BE(this.deviceId, 8);
    head.writeUInt32BE(Number(toHost), 12);
    head.writeUInt32BE(endpoint, 16);
    head.writeInt32BE(length, 24);
    Buffer.from(setup, 'hex').copy(head, 40);
    this.socket.write(Buffer.concat([head, data]));
    return sequence;
  }

  /** Submits another transfer with the sequence number of the last one. */
  repeat(endpoint: number, toHost: boolean, length: number, setup: string): void {
    this.#sequence -= 1;
    this.submit(endpoint, toHost, length, setup);
  }

  unlink(victim: number): number {
    const head = Buffer.alloc(HEADER);
    const sequence = (this.#sequence += 1);
    head.writeUInt32BE(2, 0);
    head.writeUInt32BE(sequence, 4);
    head.writeUInt32BE(victim, 20);
    this.socket.write(head);
    return sequence;
  }

  /** Returns the next answer; undefined if the connection has ended. */
  async next(): Promise<Returned | undefined> {
    const head = await this.#stream.take(HEADER);
    if (head === undefined) return undefined;
    const [command, sequence] = [head.readUInt32BE(0), head.readUInt32BE(4)];
    const [status, length] = [head.readInt32BE(20), head.readInt32BE(24)];
    const hasData = command === 3 && this.#wanted.get(sequence) === true && length > 0;
    const data = hasData ? ((await this.#stream.take(length)) ?? Buffer.alloc(0)) : Buffer.alloc(0);
    return { command, sequence, status, data };
  }

  async control(setup: string, length: number, data?: Uint8Array): Promise<Returned | undefined> {
    const toHost = Number.parseInt(setup.slice(0, 2), 16) >= 0x80;
    this.submit(0, toHost, length, setup, data);
    return this.next();
  }
}
