// USB Device Class Definition for HID 1.11, 6.2.2: the report descriptor of the `ramz` personality.

/** Length of each report, in both directions. Reports have no id. */
export const REPORT_BYTES = 64;
/** Vendor-defined page and usage (HID Usage Tables, FF00 to FFFF): how a host finds the token. */
export const USAGE_PAGE = 0xff52;
export const USAGE = 0x01;
/** pid.codes test identity: for private tests only, no device may ship with it. */
export const VENDOR_ID = 0x1209;
export const PRODUCT_ID = 0x0001;

const item = (...bytes: number[]): number[] => bytes;

const reports = (usage: number, main: number): number[] => [
  ...item(0x09, usage), // Usage
  ...item(0x15, 0x00), // Logical Minimum 0
  ...item(0x26, 0xff, 0x00), // Logical Maximum 255
  ...item(0x75, 0x08), // Report Size 8 bits
  ...item(0x95, REPORT_BYTES), // Report Count
  ...item(main, 0x02), // Data, Variable, Absolute
];

export const REPORT_DESCRIPTOR: Uint8Array = Uint8Array.from([
  ...item(0x06, USAGE_PAGE & 0xff, USAGE_PAGE >> 8), // Usage Page
  ...item(0x09, USAGE), // Usage
  ...item(0xa1, 0x01), // Collection: Application
  ...reports(0x20, 0x81), // Input: token to host
  ...reports(0x21, 0x91), // Output: host to token
  ...item(0xc0), // End Collection
]);
