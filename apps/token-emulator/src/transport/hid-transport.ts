/**
 * A HID device with the part of node-hid's `HIDAsync` that the host's driver uses. An emulated
 * token and one in a USB socket look the same.
 */
export interface HidTransport {
  /** Sends an output report. The first byte is the report number, 0 here, as hidapi requires. */
  write(report: Buffer): Promise<number>;
  /** Returns the next input report, without a number; undefined if none came within `timeoutMs`. */
  read(timeoutMs: number): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}
