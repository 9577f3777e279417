// A full-speed USB device with HID interfaces: USB 2.0, 9.4, and HID 1.11, 7. What it does not know it stalls.
import { type BusDevice, given, type Held, type Outcome, STALL } from './bus-device.ts';
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
  get_report: 1,
  get_idle: 2,
  get_protocol: 3,
  set_report: 9,
  set_idle: 10,
  set_protocol: 11,
} as const;
const REPORT = { input: 1, output: 2, feature: 3 } as const;
const NOTHING = given(new Uint8Array());
const REPORT_PROTOCOL = 1;

/** What a host has set on an interface. */
interface InterfaceState {
  idle: number;
  protocol: number;
}

export class UsbDevice implements BusDevice {
  readonly personality: Personality;
  readonly #interfaces: InterfaceState[];
  #configuration = 0;
  /** Told when a host takes the device or lets it go: with it comes and goes the power. */
  onAttached: (is_attached: boolean) => void = () => {};

  constructor(personality: Personality) {
    this.personality = personality;
    this.#interfaces = personality.functions.map(() => ({ idle: 0, protocol: REPORT_PROTOCOL }));
  }

  attached(is_attached: boolean): void {
    this.#configuration = 0;
    for (const state of this.#interfaces) Object.assign(state, { idle: 0, protocol: REPORT_PROTOCOL });
    for (const { inputs } of this.personality.functions) inputs.clear();
    this.onAttached(is_attached);
  }

  async control(setup: SetupPacket, data: Uint8Array): Promise<Outcome> {
    const outcome = await this.#answer(setup, data);
    if (outcome.status !== 'ok') return outcome;
    // Nothing goes to a host that only sent something.
    if (!isToHost(setup)) return NOTHING;
    // A host is given what it asked for, and no more.
    return given(outcome.bytes.subarray(0, setup.length));
  }

  readInterrupt(endpoint: number): Held {
    const one = this.personality.functions.find((_, number) => endpointsOf(number).input === endpoint);
    if (one === undefined) return { done: Promise.resolve(STALL), cancel: () => false };
    let cancel = () => false;
    const done = new Promise<Outcome>((resolve) => {
      cancel = one.inputs.ask((report) => resolve(given(report)));
    });
    return { done, cancel };
  }

  async writeInterrupt(endpoint: number, data: Uint8Array): Promise<Outcome> {
    const one = this.personality.functions.find((_, number) => endpointsOf(number).output === endpoint);
    if (one === undefined || !one.has_output_endpoint) return STALL;
    return output(one, data);
  }

  #answer(setup: SetupPacket, data: Uint8Array): Promise<Outcome> | Outcome {
    if (typeOf(setup) === TYPE.class && recipientOf(setup) === RECIPIENT.interface)
      return this.#classRequest(setup, data);
    if (typeOf(setup) !== TYPE.standard) return STALL;
    return this.#standard(setup);
  }

  #standard(setup: SetupPacket): Outcome {
    const { request, value } = setup;
    switch (request) {
      case REQUEST.get_descriptor:
        return this.#descriptor(setup);
      case REQUEST.get_status:
        return given(Uint8Array.of(0, 0));
      case REQUEST.get_configuration:
        return given(Uint8Array.of(this.#configuration));
      case REQUEST.set_configuration:
        if (value > 1) return STALL;
        this.#configuration = value;
        return NOTHING;
      case REQUEST.get_interface:
        return given(Uint8Array.of(0));
      // One setting an interface has, and no endpoint that halts.
      case REQUEST.set_interface:
        return value === 0 ? NOTHING : STALL;
      case REQUEST.clear_feature:
      case REQUEST.set_address:
        return NOTHING;
      default:
        return STALL;
    }
  }

  #descriptor(setup: SetupPacket): Outcome {
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
        return one === undefined ? STALL : given(one.report_descriptor);
      // The device qualifier among them: a full-speed device has no other speed.
      default:
        return STALL;
    }
  }

  async #classRequest(setup: SetupPacket, data: Uint8Array): Promise<Outcome> {
    const number = setup.index & 0xff;
    const [one, state] = [this.personality.functions[number], this.#interfaces[number]];
    if (one === undefined || state === undefined) return STALL;
    switch (setup.request) {
      case CLASS_REQUEST.get_report:
        return getReport(one, setup.value >> 8);
      case CLASS_REQUEST.set_report:
        return setReport(one, setup.value >> 8, data);
      case CLASS_REQUEST.get_idle:
        return given(Uint8Array.of(state.idle));
      case CLASS_REQUEST.set_idle:
        state.idle = setup.value >> 8;
        return NOTHING;
      case CLASS_REQUEST.get_protocol:
        return given(Uint8Array.of(state.protocol));
      case CLASS_REQUEST.set_protocol:
        if (one.subclass === 0 || setup.value > 1) return STALL;
        state.protocol = setup.value;
        return NOTHING;
      default:
        return STALL;
    }
  }
}

function getReport(one: HidFunction, kind: number): Outcome {
  if (kind === REPORT.feature && one.feature_bytes > 0) return given(one.getFeature());
  if (kind === REPORT.input) return given(new Uint8Array(one.input_bytes));
  return STALL;
}

async function setReport(one: HidFunction, kind: number, data: Uint8Array): Promise<Outcome> {
  if (kind === REPORT.output) return output(one, data);
  if (kind !== REPORT.feature || data.length !== one.feature_bytes) return STALL;
  one.setFeature(data);
  return NOTHING;
}

async function output(one: HidFunction, data: Uint8Array): Promise<Outcome> {
  if (one.output_bytes === 0 || data.length > one.output_bytes) return STALL;
  const whole = new Uint8Array(one.output_bytes);
  whole.set(data);
  await one.setOutput(whole);
  return NOTHING;
}
