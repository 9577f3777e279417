// The Linux kernel's usbip_protocol.rst, version 1.1.1. Big-endian, except for the setup packet.
import type { Personality } from '../../usb/hid-function.ts';

/** The port that `usbip attach` expects. */
export const USBIP_PORT = 3_240;
export const VERSION = 0x0111;
export const OP = {
  devlistRequest: 0x8005,
  devlistReply: 0x0005,
  importRequest: 0x8003,
  importReply: 0x0003,
} as const;
export const CMD = { submit: 1, unlink: 2, submitted: 3, unlinked: 4 } as const;
/** Linux error numbers, negative as in the protocol. */
export const STATUS = { ok: 0, stall: -32, unlinked: -104, noDevice: -19 } as const;

export const OP_BYTES = 8;
export const BUS_ID_BYTES = 32;
export const HEADER_BYTES = 48;
const PATH_BYTES = 256;
const FULL_SPEED = 2;
const HID_CLASS = 3;

/** The place of a plugged-in device on the emulated bus. */
export interface BusAddress {
  readonly bus: number;
  readonly number: number;
}

export function busIdOf({ bus, number }: BusAddress): string {
  return `${bus}-${number}`;
}

/** Returns the number by which a URB names its device. */
export function deviceIdOf({ bus, number }: BusAddress): number {
  return ((bus << 16) | number) >>> 0;
}

export function operation(code: number, status = 0): Buffer {
  const bytes = Buffer.alloc(OP_BYTES);
  bytes.writeUInt16BE(VERSION, 0);
  bytes.writeUInt16BE(code, 2);
  bytes.writeUInt32BE(status, 4);
  return bytes;
}

/** Encodes the 312 bytes by which both replies describe a device. */
export function deviceRecord(place: BusAddress, { usb, functions }: Personality): Buffer {
  const bytes = Buffer.alloc(PATH_BYTES + BUS_ID_BYTES + 24);
  const busId = busIdOf(place);
  bytes.write(`/ramz/${busId}`, 0, 'latin1');
  bytes.write(busId, PATH_BYTES, 'latin1');
  const at = PATH_BYTES + BUS_ID_BYTES;
  bytes.writeUInt32BE(place.bus, at);
  bytes.writeUInt32BE(place.number, at + 4);
  bytes.writeUInt32BE(FULL_SPEED, at + 8);
  bytes.writeUInt16BE(usb.vendorId, at + 12);
  bytes.writeUInt16BE(usb.productId, at + 14);
  bytes.writeUInt16BE(usb.releaseBcd, at + 16);
  // Each interface has its own class, subclass and protocol. Not configured yet, one configuration.
  bytes.set([0, 0, 0, 0, 1, functions.length], at + 18);
  return bytes;
}

export function interfaceRecords({ functions }: Personality): Buffer {
  return Buffer.from(functions.flatMap(({ subclass, protocol }) => [HID_CLASS, subclass, protocol, 0]));
}

/** The header of a URB from the host. */
export interface UrbHead {
  readonly command: number;
  readonly sequence: number;
  readonly deviceId: number;
  readonly toHost: boolean;
  readonly endpoint: number;
  /** Bytes requested, or bytes that follow. */
  readonly length: number;
  readonly setup: Uint8Array;
  /** In an unlink: the URB to cancel. */
  readonly victim: number;
}

export function readHead(bytes: Buffer): UrbHead {
  return {
    command: bytes.readUInt32BE(0),
    sequence: bytes.readUInt32BE(4),
    deviceId: bytes.readUInt32BE(8),
    toHost: bytes.readUInt32BE(12) === 1,
    endpoint: bytes.readUInt32BE(16),
    victim: bytes.readUInt32BE(20),
    length: bytes.readInt32BE(24),
    setup: Uint8Array.from(bytes.subarray(40, 48)),
  };
}

/** Encodes the answer to a URB, with its data if they go to the host. */
export function submitted(sequence: number, status: number, length: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt32BE(CMD.submitted, 0);
  head.writeUInt32BE(sequence, 4);
  head.writeInt32BE(status, 20);
  head.writeInt32BE(length, 24);
  return Buffer.concat([head, data]);
}

export function unlinked(sequence: number, status: number): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt32BE(CMD.unlinked, 0);
  head.writeUInt32BE(sequence, 4);
  head.writeInt32BE(status, 20);
  return head;
}
