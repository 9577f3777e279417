// The Linux kernel's Documentation/hid/uhid.rst: a HID device made in user space, through plain
// reads and writes of /dev/uhid. Written for little-endian machines. Only HID is visible: no USB
// device exists.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { BusDevice, PendingTransfer } from '../usb/bus-device.ts';
import { endpointsOf, INTERVAL_MS } from '../usb/descriptors.ts';
import type { HidFunction } from '../usb/hid-function.ts';
import { PacedReads } from '../usb/paced-reads.ts';
import { RECIPIENT, TO_HOST, TYPE } from '../usb/setup-packet.ts';

const PATH = '/dev/uhid';
const EVENT = {
  destroy: 1,
  start: 2,
  output: 6,
  getReport: 9,
  getReportReply: 10,
  create2: 11,
  input2: 12,
  setReport: 13,
  setReportReply: 14,
} as const;
const EVENT_BYTES = 4_380;
const DATA_BYTES = 4_096;
const BUS_USB = 3;
const EIO = 5;
/**
 * Report types: uapi/linux/uhid.h counts from 0 (feature, output, input), HID from 1 (input,
 * output, feature).
 */
const FEATURE = 0;
const HID_REPORT = { output: 2, feature: 3 } as const;
const REQUEST = { getReport: 1, setReport: 9 } as const;
/** Node cannot poll this file, so it is read this often, without blocking. */
const POLL_MS = 2;
const NOTHING = new Uint8Array();

/** Thrown when no HID device can be created on this machine. */
export class NoUhid extends Error {
  constructor(why: string) {
    super(
      `${PATH} cannot be used (${why}): load the module uhid, and let your user write to it (see "ramz-token doctor")`,
    );
    this.name = 'NoUhid';
  }
}

/** One interface of a token as a HID device of this machine's kernel. */
export class UhidDevice {
  readonly #file: FileHandle;
  readonly #device: BusDevice;
  readonly #number: number;
  readonly #reads: PacedReads;
  #isOpen = true;
  #held: PendingTransfer | undefined;

  private constructor(file: FileHandle, device: BusDevice, number: number) {
    this.#file = file;
    this.#device = device;
    this.#number = number;
    this.#reads = new PacedReads(device, INTERVAL_MS);
  }

  /**
   * @param number of the interface
   * @throws NoUhid
   */
  static async create(
    device: BusDevice,
    number: number = device.personality.functions.length - 1,
  ): Promise<UhidDevice> {
    const one = device.personality.functions[number];
    if (one === undefined) throw new RangeError(`the device has no interface ${number}`);
    const file = await open(PATH, constants.O_RDWR | constants.O_NONBLOCK).catch((error: unknown) => {
      throw new NoUhid(String((error as NodeJS.ErrnoException).code));
    });
    const uhid = new UhidDevice(file, device, number);
    await file.write(createEvent(device, one));
    device.attached(true);
    void uhid.#listen();
    void uhid.#sendInputs();
    return uhid;
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#held?.cancel();
    await this.#file.write(eventOf(EVENT.destroy));
    await this.#file.close();
    this.#device.attached(false);
  }

  async #listen(): Promise<void> {
    const event = Buffer.alloc(EVENT_BYTES);
    while (this.#isOpen) {
      const bytes = await this.#read(event);
      if (bytes === 0) await new Promise((soon) => setTimeout(soon, POLL_MS));
      // A report that fails is the host's error and must not end the loop.
      else await this.#take(event).catch(() => {});
    }
  }

  async #read(event: Buffer): Promise<number> {
    try {
      return (await this.#file.read(event, 0, EVENT_BYTES)).bytesRead;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      this.#isOpen = false;
      return 0;
    }
  }

  async #take(event: Buffer): Promise<void> {
    switch (event.readUInt32LE(0)) {
      case EVENT.output:
        await this.#output(event.subarray(4, 4 + event.readUInt16LE(4 + DATA_BYTES)));
        return;
      case EVENT.getReport:
        return this.#getReport(event.readUInt32LE(4), event.readUInt8(9));
      case EVENT.setReport:
        return this.#setReport(
          event.readUInt32LE(4),
          event.readUInt8(9),
          event.subarray(12, 12 + event.readUInt16LE(10)),
        );
      default:
        // Start, stop, open and close: a token is always ready.
        return;
    }
  }

  /** Handles an output report, which follows its report number, 0. */
  async #output(data: Buffer): Promise<void> {
    const setup = this.#setup(0, REQUEST.setReport, HID_REPORT.output);
    await this.#device.control({ ...setup, length: data.length - 1 }, Uint8Array.from(data.subarray(1)));
  }

  async #getReport(id: number, kind: number): Promise<void> {
    const setup = this.#setup(TO_HOST, REQUEST.getReport, HID_REPORT.feature);
    const outcome =
      kind === FEATURE ? await this.#device.control({ ...setup, length: DATA_BYTES }, NOTHING) : undefined;
    const reply = Buffer.alloc(4 + 2 + 2 + DATA_BYTES);
    reply.writeUInt32LE(id, 0);
    if (outcome?.status === 'ok') {
      reply.writeUInt16LE(outcome.bytes.length + 1, 6);
      reply.set(outcome.bytes, 9);
    } else reply.writeUInt16LE(EIO, 4);
    await this.#write(EVENT.getReportReply, reply);
  }

  async #setReport(id: number, kind: number, data: Buffer): Promise<void> {
    const setup = this.#setup(0, REQUEST.setReport, kind === FEATURE ? HID_REPORT.feature : HID_REPORT.output);
    const outcome = await this.#device.control(
      { ...setup, length: data.length - 1 },
      Uint8Array.from(data.subarray(1)),
    );
    const reply = Buffer.alloc(6);
    reply.writeUInt32LE(id, 0);
    reply.writeUInt16LE(outcome.status === 'ok' ? 0 : EIO, 4);
    await this.#write(EVENT.setReportReply, reply);
  }

  async #sendInputs(): Promise<void> {
    while (this.#isOpen) {
      this.#held = this.#reads.read(endpointsOf(this.#number).input);
      const outcome = await this.#held.done;
      if (outcome.status !== 'ok') {
        await new Promise((later) => setTimeout(later, POLL_MS));
        continue;
      }
      const input = Buffer.alloc(2 + DATA_BYTES);
      input.writeUInt16LE(outcome.bytes.length, 0);
      input.set(outcome.bytes, 2);
      await this.#write(EVENT.input2, input);
    }
  }

  #setup(direction: number, request: number, report: number) {
    const requestType = direction | TYPE.class | RECIPIENT.interface;
    return { requestType, request, value: report << 8, index: this.#number, length: 0 };
  }

  async #write(type: number, data: Buffer): Promise<void> {
    if (this.#isOpen) await this.#file.write(eventOf(type, data));
  }
}

/**
 * `type | name (128) | phys (64) | uniq (64) | rd_size | bus | vendor | product | version |
 * country | rd_data (4096)`
 */
function createEvent({ personality }: BusDevice, { reportDescriptor }: HidFunction): Buffer {
  const { usb } = personality;
  const data = Buffer.alloc(128 + 64 + 64 + 2 + 2 + 16 + DATA_BYTES);
  data.write(`${usb.manufacturer} ${usb.product}`.slice(0, 127), 0, 'latin1');
  data.write('ramz', 128, 'latin1');
  data.write(usb.serial.slice(0, 63), 192, 'latin1');
  data.writeUInt16LE(reportDescriptor.length, 256);
  data.writeUInt16LE(BUS_USB, 258);
  data.writeUInt32LE(usb.vendorId, 260);
  data.writeUInt32LE(usb.productId, 264);
  data.writeUInt32LE(usb.releaseBcd, 268);
  data.set(reportDescriptor, 276);
  return eventOf(EVENT.create2, data);
}

function eventOf(type: number, data: Uint8Array = NOTHING): Buffer {
  const event = Buffer.alloc(4 + data.length);
  event.writeUInt32LE(type, 0);
  event.set(data, 4);
  return event;
}
