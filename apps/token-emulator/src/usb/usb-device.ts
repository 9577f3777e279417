// A full-speed USB device with HID interfaces: USB 2.0, 9.4, and HID 1.11, 7. Unknown requests are
// stalled.
import { type BusDevice, given, type PendingTransfer, STALL, type TransferOutcome } from './bus-device.ts';
import {
  configurationDescriptor,
  DESCRIPTOR,
  deviceDescriptor,
  endpointsOf,
  hidDescriptor,
  stringDescriptor,
} from './descriptors.ts';
import type { HidFunction, Personality } from './hid-function.ts';
import { ended, freshState, type InterfaceState, readInput } from './interrupt-read.ts';
import { isToHost, RECIPIENT, REQUEST, recipientOf, type SetupPacket, TO_HOST, TYPE, typeOf } from './setup-packet.ts';

/** HID 1.11, 7.2. */
const CLASS_REQUEST = {
  getReport: 1,
  getIdle: 2,
  getProtocol: 3,
  setReport: 9,
  setIdle: 10,
  setProtocol: 11,
} as const;
const REPORT = { input: 1, output: 2, feature: 3 } as const;
const NOTHING = given(new Uint8Array());

/** USB 2.0, 9.4.1 and table 9-6. */
const ENDPOINT_HALT = 0;
const HALTED = Uint8Array.of(1, 0);
const NOT_HALTED = Uint8Array.of(0, 0);
/** A boot interface, which has two protocols (HID 1.11, 4.2). */
const BOOT = 1;

/**
 * What a bus finds of a device: one that is broken or without power is silent, one without a cable
 * is gone.
 */
export type Presence = 'there' | 'silent' | 'gone';

const NO_ANSWER: Readonly<Record<Exclude<Presence, 'there'>, TransferOutcome>> = {
  silent: { status: 'lost' },
  gone: { status: 'unplugged' },
};

export class UsbDevice implements BusDevice {
  readonly personality: Personality;
  readonly #presence: () => Presence;
  readonly #interfaces: InterfaceState[];
  #configuration = 0;
  /** Addresses of endpoints that a host has halted; bit 7 is the direction. */
  readonly #halted = new Set<number>();
  /** Called when a host attaches or detaches the device, which also switches its power. */
  onAttached: (isAttached: boolean) => void = () => {};

  constructor(personality: Personality, presence: () => Presence) {
    this.personality = personality;
    this.#presence = presence;
    this.#interfaces = personality.functions.map(freshState);
  }

  attached(isAttached: boolean): void {
    this.#configuration = 0;
    this.#halted.clear();
    for (const state of this.#interfaces) Object.assign(state, freshState());
    for (const { inputs } of this.personality.functions) inputs.clear();
    this.onAttached(isAttached);
  }

  async control(setup: SetupPacket, data: Uint8Array): Promise<TransferOutcome> {
    const presence = this.#presence();
    if (presence !== 'there') return NO_ANSWER[presence];
    const outcome = await this.#answer(setup, data);
    if (outcome.status !== 'ok') return outcome;
    // A transfer from the host returns no data.
    if (!isToHost(setup)) return NOTHING;
    // A host gets at most as many bytes as it asked for.
    return given(outcome.bytes.subarray(0, setup.length));
  }

  readInterrupt(endpoint: number): PendingTransfer {
    const presence = this.#presence();
    if (presence !== 'there') return ended(NO_ANSWER[presence]);
    const number = this.personality.functions.findIndex((_, i) => endpointsOf(i).input === endpoint);
    const [one, state] = [this.personality.functions[number], this.#interfaces[number]];
    if (one === undefined || state === undefined || this.#halted.has(TO_HOST | endpoint)) return ended(STALL);
    const isHalted = () => this.#halted.has(TO_HOST | endpoint);
    return readInput(one.inputs, state, {
      isThere: () => this.#presence() === 'there',
      outcomeAtEnd: () => (isHalted() ? STALL : NO_ANSWER.gone),
    });
  }

  async writeInterrupt(endpoint: number, data: Uint8Array): Promise<TransferOutcome> {
    const presence = this.#presence();
    if (presence !== 'there') return NO_ANSWER[presence];
    const one = this.personality.functions.find((_, number) => endpointsOf(number).output === endpoint);
    if (one === undefined || !one.hasOutputEndpoint || this.#halted.has(endpoint)) return STALL;
    return output(one, data);
  }

  #answer(setup: SetupPacket, data: Uint8Array): Promise<TransferOutcome> | TransferOutcome {
    if (typeOf(setup) === TYPE.class && recipientOf(setup) === RECIPIENT.interface)
      return this.#classRequest(setup, data);
    if (typeOf(setup) !== TYPE.standard) return STALL;
    return this.#standard(setup);
  }

  #standard(setup: SetupPacket): TransferOutcome {
    const { request, value } = setup;
    switch (request) {
      case REQUEST.getDescriptor:
        return this.#descriptor(setup);
      case REQUEST.getStatus:
        return this.#status(setup);
      case REQUEST.getConfiguration:
        return given(Uint8Array.of(this.#configuration));
      case REQUEST.setConfiguration:
        if (value > 1) return STALL;
        this.#configuration = value;
        this.#halted.clear();
        return NOTHING;
      case REQUEST.getInterface:
        return this.#hasInterface(setup) ? given(Uint8Array.of(0)) : STALL;
      // An interface has one setting; to choose it again ends the halts of its endpoints.
      case REQUEST.setInterface:
        if (value !== 0 || !this.#hasInterface(setup)) return STALL;
        this.#halted.delete(endpointsOf(setup.index & 0xff).output);
        this.#halted.delete(TO_HOST | endpointsOf(setup.index & 0xff).input);
        return NOTHING;
      case REQUEST.clearFeature:
      case REQUEST.setFeature:
        return this.#halt(setup, request === REQUEST.setFeature);
      case REQUEST.setAddress:
        return NOTHING;
      default:
        return STALL;
    }
  }

  /** 9.4.5: bus powered and without remote wake-up; an interface has no status. */
  #status(setup: SetupPacket): TransferOutcome {
    switch (recipientOf(setup)) {
      case RECIPIENT.device:
        return setup.index === 0 ? given(NOT_HALTED) : STALL;
      case RECIPIENT.interface:
        return this.#hasInterface(setup) ? given(NOT_HALTED) : STALL;
      case RECIPIENT.endpoint:
        if (!this.#hasEndpoint(setup.index)) return STALL;
        return given(this.#halted.has(setup.index) ? HALTED : NOT_HALTED);
      default:
        return STALL;
    }
  }

  /** 9.4.1 and 9.4.9: the halt of an endpoint is the only feature. Endpoint 0 never halts. */
  #halt(setup: SetupPacket, isSet: boolean): TransferOutcome {
    const { value, index } = setup;
    if (recipientOf(setup) !== RECIPIENT.endpoint || value !== ENDPOINT_HALT || !this.#hasEndpoint(index)) return STALL;
    if ((index & 0x0f) === 0) return isSet ? STALL : NOTHING;
    if (!isSet) this.#halted.delete(index);
    else {
      this.#halted.add(index);
      // What waits on it ends with the halt.
      this.personality.functions.find((_, i) => (TO_HOST | endpointsOf(i).input) === index)?.inputs.dropRequests();
    }
    return NOTHING;
  }

  #hasInterface({ index }: SetupPacket): boolean {
    return recipientIndex(index) < this.personality.functions.length;
  }

  #hasEndpoint(address: number): boolean {
    if ((address & ~TO_HOST) === 0) return true;
    return this.personality.functions.some(({ hasOutputEndpoint }, number) => {
      const { input, output: out } = endpointsOf(number);
      return address === (TO_HOST | input) || (hasOutputEndpoint && address === out);
    });
  }

  #descriptor(setup: SetupPacket): TransferOutcome {
    const [kind, index] = [setup.value >> 8, setup.value & 0xff];
    const { usb, functions } = this.personality;
    const one = recipientOf(setup) === RECIPIENT.interface ? functions[setup.index & 0xff] : undefined;
    switch (kind) {
      case DESCRIPTOR.device:
        return index === 0 ? given(deviceDescriptor(usb)) : STALL;
      case DESCRIPTOR.configuration:
        return index === 0 ? given(configurationDescriptor(functions)) : STALL;
      case DESCRIPTOR.string: {
        const text = stringDescriptor(usb, index);
        return text === undefined ? STALL : given(text);
      }
      case DESCRIPTOR.hid:
        return one === undefined ? STALL : given(Uint8Array.from(hidDescriptor(one)));
      case DESCRIPTOR.report:
        return one === undefined ? STALL : given(one.reportDescriptor);
      // Includes the device qualifier: a full-speed device has no other speed.
      default:
        return STALL;
    }
  }

  async #classRequest(setup: SetupPacket, data: Uint8Array): Promise<TransferOutcome> {
    const number = setup.index & 0xff;
    const [one, state] = [this.personality.functions[number], this.#interfaces[number]];
    if (one === undefined || state === undefined) return STALL;
    // Reports have no numbers: a request that names one is for another device.
    const [high, reportId] = [setup.value >> 8, setup.value & 0xff];
    switch (setup.request) {
      case CLASS_REQUEST.getReport:
        return reportId === 0 ? getReport(one, high) : STALL;
      case CLASS_REQUEST.setReport:
        return reportId === 0 ? setReport(one, high, data) : STALL;
      case CLASS_REQUEST.getIdle:
        return reportId === 0 ? given(Uint8Array.of(state.idle)) : STALL;
      case CLASS_REQUEST.setIdle:
        if (reportId !== 0) return STALL;
        state.idle = high;
        return NOTHING;
      // 7.2.5 and 7.2.6: for boot interfaces only.
      case CLASS_REQUEST.getProtocol:
        return one.subclass === BOOT ? given(Uint8Array.of(state.protocol)) : STALL;
      case CLASS_REQUEST.setProtocol:
        if (one.subclass !== BOOT || setup.value > 1) return STALL;
        state.protocol = setup.value;
        return NOTHING;
      default:
        return STALL;
    }
  }
}

/** The low byte of an index names an interface; the rest is reserved and zero. */
function recipientIndex(index: number): number {
  return index > 0xff ? Number.POSITIVE_INFINITY : index;
}

function getReport(one: HidFunction, kind: number): TransferOutcome {
  if (kind === REPORT.feature && one.featureBytes > 0) return given(one.getFeature());
  if (kind === REPORT.input) return given(new Uint8Array(one.inputBytes));
  return STALL;
}

async function setReport(one: HidFunction, kind: number, data: Uint8Array): Promise<TransferOutcome> {
  if (kind === REPORT.output) return output(one, data);
  if (kind !== REPORT.feature || data.length !== one.featureBytes) return STALL;
  one.setFeature(data);
  return NOTHING;
}

async function output(one: HidFunction, data: Uint8Array): Promise<TransferOutcome> {
  if (one.outputBytes === 0 || data.length > one.outputBytes) return STALL;
  const whole = new Uint8Array(one.outputBytes);
  whole.set(data);
  await one.setOutput(whole);
  return NOTHING;
}
