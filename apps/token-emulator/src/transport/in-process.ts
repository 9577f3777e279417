import type { BusDevice, TransferOutcome } from '../usb/bus-device.ts';
import { endpointsOf } from '../usb/descriptors.ts';
import { RECIPIENT, type SetupPacket, TO_HOST, TYPE } from '../usb/setup-packet.ts';
import type { HidTransport } from './hid-transport.ts';

const GET_REPORT = 1;
const SET_REPORT = 9;
const FEATURE = 3;
const NOTHING = new Uint8Array();

/** Reaches a token in the same process: no bus, no kernel, but the same transfers. */
export class InProcessTransport implements HidTransport {
  readonly #device: BusDevice;
  readonly #interface: number;
  #open = true;

  /** @param number of the interface; by default the last, which has a token's own usage page */
  constructor(device: BusDevice, number: number = device.personality.functions.length - 1) {
    this.#device = device;
    this.#interface = number;
    device.attached(true);
  }

  async write(report: Buffer): Promise<number> {
    const sent = this.#unnumbered(report);
    taken(await this.#device.writeInterrupt(endpointsOf(this.#interface).output, sent));
    return report.length;
  }

  async read(timeoutMs: number): Promise<Uint8Array | undefined> {
    this.#assertOpen();
    const held = this.#device.readInterrupt(endpointsOf(this.#interface).input);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<undefined>((done) => {
      timer = setTimeout(() => {
        held.cancel();
        done(undefined);
      }, timeoutMs);
    });
    const outcome = await Promise.race([held.done, patience]).finally(() => clearTimeout(timer));
    return outcome && taken(outcome);
  }

  /** Returns the feature report, without a report number. */
  async getFeatureReport(): Promise<Uint8Array> {
    this.#assertOpen();
    const { featureBytes = 0 } = this.#device.personality.functions[this.#interface] ?? {};
    return taken(await this.#device.control(this.#feature(TO_HOST, GET_REPORT, featureBytes), NOTHING));
  }

  async sendFeatureReport(report: Buffer): Promise<void> {
    const sent = this.#unnumbered(report);
    taken(await this.#device.control(this.#feature(0, SET_REPORT, sent.length), sent));
  }

  async close(): Promise<void> {
    if (this.#open) this.#device.attached(false);
    this.#open = false;
  }

  #feature(direction: number, request: number, length: number): SetupPacket {
    const requestType = direction | TYPE.class | RECIPIENT.interface;
    return { requestType, request, value: FEATURE << 8, index: this.#interface, length };
  }

  #unnumbered(report: Buffer): Uint8Array {
    this.#assertOpen();
    if (report[0] !== 0) throw new Error('this device has no numbered reports: the first byte must be 0');
    return Uint8Array.from(report.subarray(1));
  }

  #assertOpen(): void {
    if (!this.#open) throw new Error('the device was closed');
  }
}

/**
 * Returns the bytes of a transfer, like a system's driver.
 * @throws Error like one from an ioctl
 */
function taken(outcome: TransferOutcome): Uint8Array {
  if (outcome.status === 'ok') return outcome.bytes;
  const why = {
    stall: 'the device refused the transfer (EPIPE)',
    lost: 'no answer came (ETIMEDOUT)',
    unplugged: 'the device is gone (ENODEV)',
  };
  throw new Error(why[outcome.status]);
}
