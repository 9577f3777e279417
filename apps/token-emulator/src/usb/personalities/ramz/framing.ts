// docs/reference/hid-protocol.md, "Frames": one message, cut into 64-byte reports.
import { REPORT_BYTES } from './report-descriptor.ts';

/** Set in the first byte of a message's first report; the other seven bits are the command. */
const FIRST = 0x80;
const FIRST_HEADER = 4;
const NEXT_HEADER = 2;
/** A sealed seed with its parameters takes under 200 bytes. */
export const MESSAGE_BYTES_MAX = 1024;

/** A complete message. The host chooses `exchange`, and the answer repeats it. */
export interface Message {
  readonly command: number;
  readonly exchange: number;
  readonly payload: Uint8Array;
}

/** Thrown when reports do not make a message. */
export class FramingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FramingError';
  }
}

/**
 * First: `80|command, exchange, length high, length low, payload`. Next:
 * `sequence, exchange, payload`.
 */
export function toReports({ command, exchange, payload }: Message): Uint8Array[] {
  if (payload.length > MESSAGE_BYTES_MAX) throw new FramingError(`a message has at most ${MESSAGE_BYTES_MAX} bytes`);
  const first = new Uint8Array(REPORT_BYTES);
  first.set([FIRST | command, exchange, payload.length >> 8, payload.length & 0xff]);
  first.set(payload.subarray(0, REPORT_BYTES - FIRST_HEADER), FIRST_HEADER);
  const reports = [first];
  for (let at = REPORT_BYTES - FIRST_HEADER; at < payload.length; at += REPORT_BYTES - NEXT_HEADER) {
    const next = new Uint8Array(REPORT_BYTES);
    next.set([reports.length - 1, exchange]);
    next.set(payload.subarray(at, at + REPORT_BYTES - NEXT_HEADER), NEXT_HEADER);
    reports.push(next);
  }
  return reports;
}

/** Reassembles messages, one report at a time. */
export class Reassembly {
  #command = 0;
  #exchange = 0;
  #length = 0;
  #payload: number[] | undefined;
  #sequence = 0;

  /**
   * Returns the message that this report completes, if any. A first report always starts a new
   * message, so that a host that was cut off can start again.
   * @throws FramingError and drops the incomplete message
   */
  take(report: Uint8Array): Message | undefined {
    if (report.length !== REPORT_BYTES) this.#fail(`a report has ${REPORT_BYTES} bytes`);
    const [head = 0] = report;
    if (head & FIRST) this.#begin(report);
    else this.#goOn(report);
    return this.#complete();
  }

  #begin(report: Uint8Array): void {
    const [head = 0, exchange = 0, high = 0, low = 0] = report;
    this.#length = (high << 8) | low;
    if (this.#length > MESSAGE_BYTES_MAX) this.#fail(`a message has at most ${MESSAGE_BYTES_MAX} bytes`);
    this.#command = head & ~FIRST;
    this.#exchange = exchange;
    this.#sequence = 0;
    this.#payload = [...report.subarray(FIRST_HEADER)];
  }

  #goOn(report: Uint8Array): void {
    const [sequence = 0, exchange = 0] = report;
    if (this.#payload === undefined) return this.#fail('a message begins with its first report');
    if (exchange !== this.#exchange) this.#fail('the report is of another exchange');
    if (sequence !== this.#sequence) this.#fail('a report was lost or repeated');
    this.#sequence += 1;
    this.#payload.push(...report.subarray(NEXT_HEADER));
  }

  #complete(): Message | undefined {
    if (this.#payload === undefined || this.#payload.length < this.#length) return undefined;
    const payload = Uint8Array.from(this.#payload.slice(0, this.#length));
    this.#payload = undefined;
    return { command: this.#command, exchange: this.#exchange, payload };
  }

  #fail(why: string): never {
    this.#payload = undefined;
    throw new FramingError(why);
  }
}
