import type { InputQueue } from './input-queue.ts';

/** One interface of a HID device, as its personality makes it. Reports have no numbers. */
export interface HidFunction {
  /** 1 and 1 for a keyboard that a BIOS understands, else 0 and 0 (HID 1.11, 4.2 and 4.3). */
  readonly subclass: number;
  readonly protocol: number;
  readonly reportDescriptor: Uint8Array;
  readonly inputBytes: number;
  /** 0: it takes no output reports. */
  readonly outputBytes: number;
  /** Output reports come over an endpoint of their own too. */
  readonly hasOutputEndpoint: boolean;
  /** 0: it has no feature report. */
  readonly featureBytes: number;
  readonly inputs: InputQueue;
  readonly getFeature: () => Uint8Array;
  readonly setFeature: (report: Uint8Array) => void;
  /** What is sent to an output report; the promise is of its work. */
  readonly setOutput: (report: Uint8Array) => Promise<void>;
}

/** Who the device says it is. */
export interface UsbIdentity {
  readonly vendorId: number;
  readonly productId: number;
  /** Binary-coded decimal: 0x0243 is 2.43. */
  readonly releaseBcd: number;
  readonly manufacturer: string;
  readonly product: string;
  /** Empty: the device has no such string. */
  readonly serial: string;
}

/** What a token speaks on a bus. */
export interface Personality {
  readonly name: string;
  readonly usb: UsbIdentity;
  readonly functions: readonly HidFunction[];
}
