// LINKTYPE_USB_LINUX_MMAPPED (220) of the pcap file format: what usbmon writes and Wireshark reads.
// Each transfer is two records, its submission and its completion. Little-endian.

import { isToHost, writeSetup } from './setup-packet.ts';
import type { SeenTransfer } from './tapped-wire.ts';

const MAGIC = 0xa1b2c3d4;
const LINK_TYPE = 220;
const SNAP_BYTES = 65_535;
const HEADER_BYTES = 64;
const TRANSFER = { interrupt: 1, control: 2 } as const;
const EPIPE = -32;
const EINPROGRESS = -115;
const BUS = 1;

export function pcapHead(): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(MAGIC, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(SNAP_BYTES, 16);
  head.writeUInt32LE(LINK_TYPE, 20);
  return head;
}

/**
 * @param number of the device on its bus
 * @param id of the transfer, unique
 */
export function pcapRecords(transfer: SeenTransfer, atMs: number, number: number, id: number): Buffer {
  if (transfer.kind === 'attached') return Buffer.alloc(0);
  const { sent, got, toHost, endpoint, setup } = partsOf(transfer);
  const head = { atMs, number, id, isControl: transfer.kind === 'control', endpoint, toHost };
  const status = transfer.outcome.status === 'ok' ? 0 : EPIPE;
  return Buffer.concat([
    record({ ...head, event: 'S', status: EINPROGRESS, setup, data: sent, length: toHost ? got.length : sent.length }),
    record({ ...head, event: 'C', status, setup: undefined, data: got, length: toHost ? got.length : sent.length }),
  ]);
}

interface Parts {
  readonly sent: Uint8Array;
  readonly got: Uint8Array;
  readonly toHost: boolean;
  readonly endpoint: number;
  readonly setup: Uint8Array | undefined;
}

function partsOf(transfer: Exclude<SeenTransfer, { kind: 'attached' }>): Parts {
  const nothing = new Uint8Array();
  const got = transfer.outcome.status === 'ok' ? transfer.outcome.bytes : nothing;
  if (transfer.kind === 'read')
    return { sent: nothing, got, toHost: true, endpoint: transfer.endpoint, setup: undefined };
  if (transfer.kind === 'write') {
    return { sent: transfer.data, got: nothing, toHost: false, endpoint: transfer.endpoint, setup: undefined };
  }
  const toHost = isToHost(transfer.setup);
  return { sent: transfer.data, got: toHost ? got : nothing, toHost, endpoint: 0, setup: writeSetup(transfer.setup) };
}

interface Record {
  readonly atMs: number;
  readonly number: number;
  readonly id: number;
  readonly isControl: boolean;
  readonly endpoint: number;
  readonly toHost: boolean;
  readonly event: 'S' | 'C';
  readonly status: number;
  readonly setup: Uint8Array | undefined;
  readonly data: Uint8Array;
  readonly length: number;
}

function record(one: Record): Buffer {
  const bytes = Buffer.alloc(16 + HEADER_BYTES + one.data.length);
  const [seconds, micros] = [Math.floor(one.atMs / 1_000), Math.round((one.atMs % 1_000) * 1_000)];
  bytes.writeUInt32LE(seconds, 0);
  bytes.writeUInt32LE(micros, 4);
  bytes.writeUInt32LE(HEADER_BYTES + one.data.length, 8);
  bytes.writeUInt32LE(HEADER_BYTES + one.data.length, 12);
  const head = bytes.subarray(16);
  head.writeBigUInt64LE(BigInt(one.id), 0);
  head.writeUInt8(one.event.charCodeAt(0), 8);
  head.writeUInt8(one.isControl ? TRANSFER.control : TRANSFER.interrupt, 9);
  head.writeUInt8(one.endpoint | (one.toHost ? 0x80 : 0), 10);
  // One byte: a bus of more devices than that wraps around.
  head.writeUInt8(one.number & 0xff, 11);
  head.writeUInt16LE(BUS, 12);
  // 0 means that it is present; any other value says why not.
  head.writeUInt8(one.setup === undefined ? 0x2d : 0, 14);
  head.writeUInt8(one.data.length > 0 ? 0 : one.toHost ? 0x3c : 0x3e, 15);
  head.writeBigInt64LE(BigInt(seconds), 16);
  head.writeInt32LE(micros, 24);
  head.writeInt32LE(one.status, 28);
  head.writeUInt32LE(one.length, 32);
  head.writeUInt32LE(one.data.length, 36);
  if (one.setup !== undefined) head.set(one.setup, 40);
  head.set(one.data, HEADER_BYTES);
  return bytes;
}
