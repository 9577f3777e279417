// Faults on the wire, per transfer: what cables, hubs and drivers do to a device, on demand.
import { type BusDevice, given, type PendingTransfer, STALL, type TransferOutcome } from './bus-device.ts';
import { isToHost, type SetupPacket } from './setup-packet.ts';

export const TRANSFERS = ['control-in', 'control-out', 'interrupt-in', 'interrupt-out'] as const;
export type TransferKind = (typeof TRANSFERS)[number];

export const FAULTS = ['stall', 'short', 'late', 'lost', 'unplug'] as const;
export type FaultKind = (typeof FAULTS)[number];

/** A fault and the transfers that it hits. */
export interface UsbFault {
  readonly fault: FaultKind;
  readonly on: TransferKind | 'any';
  /** How many transfers of the kind pass first. */
  readonly after: number;
  /** How many transfers are hit then. */
  readonly times: number;
  /** Delay of a late transfer. */
  readonly late_ms: number;
}

/** More planned faults than this are a mistake in a script. */
const PLANNED_MAX = 1_000;

/** A device behind a bad cable. */
export class FaultyWire implements BusDevice {
  readonly #device: BusDevice;
  readonly #wait: (ms: number) => Promise<void>;
  #planned: UsbFault[] = [];
  /** How often a host came or went: a late transfer of one that has gone is not carried out. */
  #attachments = 0;
  /** Called when the cable is pulled: the transport ends the connection. */
  onUnplug: () => void = () => {};

  /** @param wait lets time pass: the wall clock's, or a laboratory's */
  constructor(device: BusDevice, wait: (ms: number) => Promise<void>) {
    this.#device = device;
    this.#wait = wait;
  }

  get personality(): BusDevice['personality'] {
    return this.#device.personality;
  }

  /** @throws RangeError if too many are planned */
  plan(fault: UsbFault): void {
    if (this.#planned.length >= PLANNED_MAX) throw new RangeError(`at most ${PLANNED_MAX} faults are planned`);
    this.#planned.push(fault);
  }

  /** Pulls the cable: a host loses the device. */
  pull(): void {
    this.onUnplug();
  }

  attached(isAttached: boolean): void {
    this.#attachments += 1;
    this.#device.attached(isAttached);
  }

  async control(setup: SetupPacket, data: Uint8Array): Promise<TransferOutcome> {
    const kind = isToHost(setup) ? 'control-in' : 'control-out';
    return this.#through(kind, () => this.#device.control(setup, data));
  }

  writeInterrupt(endpoint: number, data: Uint8Array): Promise<TransferOutcome> {
    return this.#through('interrupt-out', () => this.#device.writeInterrupt(endpoint, data));
  }

  readInterrupt(endpoint: number): PendingTransfer {
    const fault = this.#next('interrupt-in');
    // The device is not asked: its report is there for the next read.
    if (fault?.fault === 'stall') return { done: Promise.resolve(STALL), cancel: () => false };
    const held = this.#device.readInterrupt(endpoint);
    return { cancel: held.cancel, done: this.#read(held, fault) };
  }

  /** Stops waiting for a report once a fault has ended the transfer. */
  async #read(held: PendingTransfer, fault: UsbFault | undefined): Promise<TransferOutcome> {
    const outcome = await this.#under(fault, () => held.done);
    if (outcome.status !== 'ok') held.cancel();
    return outcome;
  }

  #through(kind: TransferKind, work: () => Promise<TransferOutcome>): Promise<TransferOutcome> {
    return this.#under(this.#next(kind), work);
  }

  async #under(fault: UsbFault | undefined, work: () => Promise<TransferOutcome>): Promise<TransferOutcome> {
    switch (fault?.fault) {
      case 'stall':
        return STALL;
      case 'lost':
        return { status: 'lost' };
      case 'unplug':
        this.pull();
        return { status: 'unplugged' };
      case 'late':
        return this.#late(fault.late_ms, work);
      case 'short':
        return cut(await work());
      default:
        return work();
    }
  }

  async #late(lateMs: number, work: () => Promise<TransferOutcome>): Promise<TransferOutcome> {
    const attachment = this.#attachments;
    await this.#wait(lateMs);
    return attachment === this.#attachments ? work() : { status: 'lost' };
  }

  #next(kind: TransferKind): UsbFault | undefined {
    let hit: UsbFault | undefined;
    this.#planned = this.#planned.flatMap((fault) => {
      if (fault.on !== 'any' && fault.on !== kind) return [fault];
      if (fault.after > 0) return [{ ...fault, after: fault.after - 1 }];
      if (hit !== undefined) return [fault];
      hit = fault;
      return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
    });
    return hit;
  }
}

function cut(outcome: TransferOutcome): TransferOutcome {
  if (outcome.status !== 'ok') return outcome;
  return given(outcome.bytes.subarray(0, Math.floor(outcome.bytes.length / 2)));
}
