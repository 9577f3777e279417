/**
 * A HID device as node-hid's `HIDAsync` shows it, and no more than the host's driver uses: an emulated
 * token and one in a USB socket look the same from here.
 */
export interface HidTransport {
  /** Sends an output report. The first byte is the report's number, 0 here: hidapi wants it so. */
  write(report: Buffer): Promise<number>;
  /** The next input report, without a number; undefined when none came in `timeout_ms`. */
  read(timeoutMs: number): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}
