// Frames of 70 bytes in feature reports of 8: seven of data and one that says which (docs/personalities.md).
import { crc16, withCrc16 } from '../../crc.ts';

export const FEATURE_BYTES = 8;
const DATA_BYTES = 7;
const PAYLOAD_BYTES = 64;
const FRAME_BYTES = 70;
const LAST_SEQUENCE = 9;
export const FLAG = { write: 0x80, response: 0x40, waiting: 0x20 } as const;
const SEQUENCE_MASK = 0x1f;

/** A whole frame: what to do, and with what. */
export interface Frame {
  readonly command: number;
  readonly payload: Uint8Array;
}

/** Puts a frame together. A report of zeros is never sent, so what was not sent is zero. */
export class FrameAssembly {
  #bytes = new Uint8Array(FRAME_BYTES);

  /** `reset` when the host breaks off; undefined while more is to come or the check was wrong. */
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

/** An answer as the reports that a host reads one after the other; the last says that it is over. */
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
