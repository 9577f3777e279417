// Universal Serial Bus Specification 2.0, 9.6, and Device Class Definition for HID 1.11, 6.2.1.
// Little-endian.
import type { HidFunction, UsbIdentity } from './hid-function.ts';

export const DESCRIPTOR = {
  device: 1,
  configuration: 2,
  string: 3,
  interface: 4,
  endpoint: 5,
  deviceQualifier: 6,
  hid: 0x21,
  report: 0x22,
} as const;

const STRING = { languages: 0, manufacturer: 1, product: 2, serial: 3 } as const;
const ENGLISH = 0x0409;
const HID_CLASS = 3;
const INTERRUPT = 3;
const ENDPOINT_0_BYTES = 8;
/** Bus powered, 100 mA. */
const ATTRIBUTES = 0x80;
const MAX_POWER_2MA = 50;
/** `bInterval` of every interrupt endpoint. */
export const INTERVAL_MS = 10;
const CONFIGURATION = 1;

const word = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];

export function deviceDescriptor({ vendorId, productId, releaseBcd, serial }: UsbIdentity): Uint8Array {
  return Uint8Array.of(
    18,
    DESCRIPTOR.device,
    ...word(0x0200),
    0,
    0,
    0,
    ENDPOINT_0_BYTES,
    ...word(vendorId),
    ...word(productId),
    ...word(releaseBcd),
    STRING.manufacturer,
    STRING.product,
    serial === '' ? 0 : STRING.serial,
    1,
  );
}

export function configurationDescriptor(functions: readonly HidFunction[]): Uint8Array {
  const interfaces = functions.flatMap(interfaceDescriptors);
  const total = 9 + interfaces.length;
  const head = [
    9,
    DESCRIPTOR.configuration,
    ...word(total),
    functions.length,
    CONFIGURATION,
    0,
    ATTRIBUTES,
    MAX_POWER_2MA,
  ];
  return Uint8Array.from([...head, ...interfaces]);
}

/** Returns the addresses of an interface's endpoints, by its number. */
export function endpointsOf(number: number): { readonly input: number; readonly output: number } {
  return { input: number + 1, output: number + 1 };
}

export function hidDescriptor({ reportDescriptor }: HidFunction): number[] {
  return [9, DESCRIPTOR.hid, ...word(0x0111), 0, 1, DESCRIPTOR.report, ...word(reportDescriptor.length)];
}

/** Returns undefined for a string that the device does not have. */
export function stringDescriptor(identity: UsbIdentity, index: number): Uint8Array | undefined {
  if (index === STRING.languages) return Uint8Array.of(4, DESCRIPTOR.string, ...word(ENGLISH));
  const texts: Record<number, string> = {
    [STRING.manufacturer]: identity.manufacturer,
    [STRING.product]: identity.product,
    [STRING.serial]: identity.serial,
  };
  const text = texts[index];
  if (text === undefined || text === '') return undefined;
  const bytes = Buffer.from(text, 'utf16le');
  return Uint8Array.of(bytes.length + 2, DESCRIPTOR.string, ...bytes);
}

function interfaceDescriptors(one: HidFunction, number: number): number[] {
  const { subclass, protocol, hasOutputEndpoint, inputBytes, outputBytes } = one;
  const { input, output } = endpointsOf(number);
  const endpoints = hasOutputEndpoint ? 2 : 1;
  const head = [9, DESCRIPTOR.interface, number, 0, endpoints, HID_CLASS, subclass, protocol, 0];
  const into = [7, DESCRIPTOR.endpoint, 0x80 | input, INTERRUPT, ...word(inputBytes), INTERVAL_MS];
  const out = hasOutputEndpoint ? [7, DESCRIPTOR.endpoint, output, INTERRUPT, ...word(outputBytes), INTERVAL_MS] : [];
  return [...head, ...hidDescriptor(one), ...into, ...out];
}
