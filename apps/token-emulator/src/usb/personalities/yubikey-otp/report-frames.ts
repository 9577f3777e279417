// Frames of 70 bytes in feature reports of 8: seven bytes of data and their sequence number
// (docs/reference/personalities.md).
import { crc16, withCrc16 } from '../../crc.ts';

export const FEATURE_BYTES = 8;
const DATA_BYTES = 7;
const PAYLOAD_BYTES = 64;
const FRAME_BYTES = 70;
const LAST_SEQUENCE = 9;
export const FLAG = { write: 0x80, response: 0x40, waiting: 0x20 } as const;
const SEQUENCE_MASK = 0x1f;

/** A complete frame: a command and its payload. */
export interface Frame {
  readonly command: number;
  readonly payload: Uint8Array;
}

/** Reassembles a frame. Hosts never send a report of zeros, so missing bytes are zero. */
export class FrameAssembly {
  #bytes = new Uint8Array(FRAME_BYTES);

  /**
   * Returns `reset` if the host aborts; undefined if the frame is incomplete or its CRC is wrong.
   */
  take(report: Uint8Array): Frame | 'reset' | undefined {
    const mark = report[DATA_BYTES] ?? 0;
    const sequence = mark & SEQUENCE_MASK;
    if ((mark & FLAG.write) === 0) return undefined;
    if (sequence > LAST_SEQUENCE) {
      this.#bytes.fill(0);
      return 'reset';
    }
    if (sequence === 0) this.#bytes.fill(0);
    this.#bytes.set(report.subarray(0, DATA_BYTES), sequence * DATA_BYTES);
    return sequence === LAST_SEQUENCE ? this.#whole() : undefined;
  }

  #whole(): Frame | undefined {
    const frame = this.#bytes.slice();
    this.#bytes.fill(0);
    const payload = frame.slice(0, PAYLOAD_BYTES);
    const crc = (frame[65] ?? 0) | ((frame[66] ?? 0) << 8);
    return crc === crc16(payload) ? { command: frame[64] ?? 0, payload } : undefined;
  }
}

/** Splits an answer into the reports that a host reads one by one; the last marks the end. */
export function responseReports(answer: Uint8Array): Uint8Array[] {
  const bytes = withCrc16(answer);
  const reports: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += DATA_BYTES) {
    const report = new Uint8Array(FEATURE_BYTES);
    report.set(bytes.subarray(at, at + DATA_BYTES));
    report[DATA_BYTES] = FLAG.response | reports.length;
    reports.push(report);
  }
  const end = new Uint8Array(FEATURE_BYTES);
  end[DATA_BYTES] = FLAG.response;
  return [...reports, end];
}
