// Reports of 64 bytes each way, with a CRC over words (docs/reference/personalities.md).
// Little-endian.
import { crc32OfWords } from '../../crc.ts';

export const REPORT_BYTES = 64;
const CHECKED_BYTES = 60;
export const PAYLOAD_BYTES = 53;

export const STATUS = {
  ok: 0,
  wrongCrc: 1,
  wrongSlot: 2,
  notProgrammed: 3,
  wrongPassword: 4,
  notAuthorised: 5,
  timestampWarning: 6,
  noName: 7,
  notSupported: 8,
  unknownCommand: 9,
} as const;

export interface NitrokeyQuery {
  readonly command: number;
  readonly payload: Uint8Array;
  readonly crc: number;
  readonly isWhole: boolean;
}

export function readQuery(report: Uint8Array): NitrokeyQuery {
  const crc = new DataView(report.buffer, report.byteOffset).getUint32(CHECKED_BYTES, true);
  const isWhole = crc === crc32OfWords(report.subarray(0, CHECKED_BYTES).slice());
  return { command: report[0] ?? 0, payload: report.slice(1, CHECKED_BYTES), crc, isWhole };
}

/** The reply to a command: its status and its payload. */
export interface NitrokeyReply {
  readonly status: number;
  readonly payload?: Uint8Array;
}

export const OK: NitrokeyReply = { status: STATUS.ok };

/** `device status | command | CRC of the query | status | payload (53) | CRC` */
export function writeReply(
  { command, crc }: NitrokeyQuery,
  { status, payload = new Uint8Array() }: NitrokeyReply,
): Uint8Array {
  const report = new Uint8Array(REPORT_BYTES);
  const view = new DataView(report.buffer);
  report[1] = command;
  view.setUint32(2, crc, true);
  report[6] = status;
  report.set(payload.subarray(0, PAYLOAD_BYTES), 7);
  view.setUint32(CHECKED_BYTES, crc32OfWords(report.subarray(0, CHECKED_BYTES).slice()), true);
  return report;
}

export function uint64(bytes: Uint8Array, at: number): number {
  return Number(Buffer.from(bytes).readBigUInt64LE(at));
}
