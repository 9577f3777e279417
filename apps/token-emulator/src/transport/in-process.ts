import { REPORT_BYTES } from '../usb/report-descriptor.ts';
import type { HidTransport } from './hid-transport.ts';

/** The device's side: what it does with a report. */
export interface ReportHandler {
  take(report: Uint8Array): Promise<Uint8Array[]>;
}

/** A token in the same process: no bus, no kernel, and the same bytes. */
export class InProcessTransport implements HidTransport {
  readonly #device: ReportHandler;
  readonly #waiting: Uint8Array[] = [];
  #open = true;

  constructor(device: ReportHandler) {
    this.#device = device;
  }

  async write(report: Buffer): Promise<number> {
    this.#assertOpen();
    if (report[0] !== 0) throw new Error('this device has no numbered reports: the first byte must be 0');
    // As the kernel does: a short report is filled with zeros, a long one refused.
    const sent = report.subarray(1);
    if (sent.length > REPORT_BYTES) throw new Error(`an output report has at most ${REPORT_BYTES} bytes`);
    const whole = new Uint8Array(REPORT_BYTES);
    whole.set(sent);
    this.#waiting.push(...(await this.#device.take(whole)));
    return report.length;
  }

  async read(_timeout_ms: number): Promise<Uint8Array | undefined> {
    this.#assertOpen();
    // The answer was made while the request was written: waiting longer brings no more.
    return this.#waiting.shift();
  }

  async close(): Promise<void> {
    this.#open = false;
  }

  #assertOpen(): void {
    if (!this.#open) throw new Error('the device was closed');
  }
}
