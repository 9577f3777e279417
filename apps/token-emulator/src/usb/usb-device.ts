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
import { isToHost, RECIPIENT, REQUEST, recipientOf, type SetupPacket, TYPE, typeOf } from './setup-packet.ts';

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
const REPORT_PROTOCOL = 1;

/** The settings that a host has made on an interface. */
interface InterfaceState {
  idle: number;
  protocol: number;
}

export class UsbDevice implements BusDevice {
  readonly personality: Personality;
  readonly #interfaces: InterfaceState[];
  #configuration = 0;
  /** Called when a host attaches or detaches the device, which also switches its power. */
  onAttached: (isAttached: boolean) => void = () => {};

  constructor(personality: Personality) {
    this.personality = personality;
    this.#interfaces = personality.functions.map(() => ({ idle: 0, protocol: REPORT_PROTOCOL }));
  }

  attached(isAttached: boolean): void {
    this.#configuration = 0;
    for (const state of this.#interfaces) Object.assign(state, { idle: 0, protocol: REPORT_PROTOCOL });
    for (const { inputs } of this.personality.functions) inputs.clear();
    this.onAttached(isAttached);
  }

  async control(setup: SetupPacket, data: Uint8Array): Promise<TransferOutcome> {
    const outcome = await this.#answer(setup, data);
    if (outcome.status !== 'ok') return outcome;
    // A transfer from the host returns no data.
    if (!isToHost(setup)) return NOTHING;
    // A host gets at most as many bytes as it asked for.
    return given(outcome.bytes.subarray(0, setup.length));
  }

  readInterrupt(endpoint: number): PendingTransfer {
    const one = this.personality.functions.find((_, number) => endpointsOf(number).input === endpoint);
    if (one === undefined) return { done: Promise.resolve(STALL), cancel: () => false };
    let cancel = () => false;
    const done = new Promise<TransferOutcome>((resolve) => {
      cancel = one.inputs.ask((report) => resolve(given(report)));
    });
    return { done, cancel };
  }

  async writeInterrupt(endpoint: number, data: Uint8Array): Promise<TransferOutcome> {
    const one = this.personality.functions.find((_, number) => endpointsOf(number).output === endpoint);
    if (one === undefined || !one.hasOutputEndpoint) return STALL;
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
        return given(Uint8Array.of(0, 0));
      case REQUEST.getConfiguration:
        return given(Uint8Array.of(this.#configuration));
      case REQUEST.setConfiguration:
        if (value > 1) return STALL;
        this.#configuration = value;
        return NOTHING;
      case REQUEST.getInterface:
        return given(Uint8Array.of(0));
      // An interface has one setting, and no endpoint halts.
      case REQUEST.setInterface:
        return value === 0 ? NOTHING : STALL;
      case REQUEST.clearFeature:
      case REQUEST.setAddress:
        return NOTHING;
      default:
        return STALL;
    }
  }

  #descriptor(setup: SetupPacket): TransferOutcome {
    const [kind, index] = [setup.value >> 8, setup.value & 0xff];
    const { usb, functions } = this.personality;
    const one = recipientOf(setup) === RECIPIENT.interface ? functions[setup.index & 0xff] : undefined;
    switch (kind) {
      case DESCRIPTOR.device:
        return given(deviceDescriptor(usb));
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
    switch (setup.request) {
      case CLASS_REQUEST.getReport:
        return getReport(one, setup.value >> 8);
      case CLASS_REQUEST.setReport:
        return setReport(one, setup.value >> 8, data);
      case CLASS_REQUEST.getIdle:
        return given(Uint8Array.of(state.idle));
      case CLASS_REQUEST.setIdle:
        state.idle = setup.value >> 8;
        return NOTHING;
      case CLASS_REQUEST.getProtocol:
        return given(Uint8Array.of(state.protocol));
      case CLASS_REQUEST.setProtocol:
        if (one.subclass === 0 || setup.value > 1) return STALL;
        state.protocol = setup.value;
        return NOTHING;
      default:
        return STALL;
    }
  }
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
