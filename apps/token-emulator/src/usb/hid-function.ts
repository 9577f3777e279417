import type { InputQueue } from './input-queue.ts';

/** One HID interface of a personality. Reports have no numbers. */
export interface HidFunction {
  /** 1 and 1 for a keyboard that a BIOS understands, else 0 and 0 (HID 1.11, 4.2 and 4.3). */
  readonly subclass: number;
  readonly protocol: number;
  readonly reportDescriptor: Uint8Array;
  readonly inputBytes: number;
  /** 0 if it takes no output reports. */
  readonly outputBytes: number;
  /** Whether output reports also have an endpoint of their own. */
  readonly hasOutputEndpoint: boolean;
  /** 0 if it has no feature report. */
  readonly featureBytes: number;
  readonly inputs: InputQueue;
  readonly getFeature: () => Uint8Array;
  readonly setFeature: (report: Uint8Array) => void;
  /** Handles an output report; resolves when its work is done. */
  readonly setOutput: (report: Uint8Array) => Promise<void>;
}

/** The identity that the device reports. */
export interface UsbIdentity {
  readonly vendorId: number;
  readonly productId: number;
  /** Binary-coded decimal: 0x0243 is 2.43. */
  readonly releaseBcd: number;
  readonly manufacturer: string;
  readonly product: string;
  /** Empty if the device has no such string. */
  readonly serial: string;
}

/** The protocol of a token on a bus. */
export interface Personality {
  readonly name: string;
  readonly usb: UsbIdentity;
  readonly functions: readonly HidFunction[];
}
