// Universal Serial Bus Specification 2.0, 9.3: the eight bytes that begin a control transfer.
// Little-endian.

/** A control transfer's request. */
export interface SetupPacket {
  readonly requestType: number;
  readonly request: number;
  readonly value: number;
  readonly index: number;
  readonly length: number;
}

export const SETUP_BYTES = 8;
/** Bit of `requestType`: the device sends. */
export const TO_HOST = 0x80;
const TYPE_MASK = 0x60;
const RECIPIENT_MASK = 0x1f;

export const TYPE = { standard: 0x00, class: 0x20, vendor: 0x40 } as const;
export const RECIPIENT = { device: 0, interface: 1, endpoint: 2 } as const;

/** Standard requests (9.4). */
export const REQUEST = {
  getStatus: 0,
  clearFeature: 1,
  setFeature: 3,
  setAddress: 5,
  getDescriptor: 6,
  getConfiguration: 8,
  setConfiguration: 9,
  getInterface: 10,
  setInterface: 11,
} as const;

export function readSetup(bytes: Uint8Array): SetupPacket {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SETUP_BYTES);
  return {
    requestType: view.getUint8(0),
    request: view.getUint8(1),
    value: view.getUint16(2, true),
    index: view.getUint16(4, true),
    length: view.getUint16(6, true),
  };
}

export function writeSetup({ requestType, request, value, index, length }: SetupPacket): Uint8Array {
  const bytes = new Uint8Array(SETUP_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, requestType);
  view.setUint8(1, request);
  view.setUint16(2, value, true);
  view.setUint16(4, index, true);
  view.setUint16(6, length, true);
  return bytes;
}

export function isToHost({ requestType }: SetupPacket): boolean {
  return (requestType & TO_HOST) !== 0;
}

export function typeOf({ requestType }: SetupPacket): number {
  return requestType & TYPE_MASK;
}

export function recipientOf({ requestType }: SetupPacket): number {
  return requestType & RECIPIENT_MASK;
}
