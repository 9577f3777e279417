import { PRODUCT_ID, USAGE_PAGE, VENDOR_ID } from '../usb/report-descriptor.ts';
import type { HidTransport } from './hid-transport.ts';

/** The operating system's HID devices can not be reached, or hold no token. */
export class NoHidDevice extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoHidDevice';
  }
}

/** Opens a token on a real bus, through the operating system. @throws NoHidDevice */
export async function openNodeHid(serial?: string): Promise<HidTransport> {
  const hid = await loadNodeHid();
  const found = (await hid.devicesAsync(VENDOR_ID, PRODUCT_ID)).filter(
    // libusb does not tell the usage page: then the identity must do.
    ({ usagePage, serialNumber }) =>
      (usagePage === undefined || usagePage === USAGE_PAGE) && (serial === undefined || serialNumber === serial),
  );
  const [{ path } = { path: undefined }] = found;
  if (path === undefined)
    throw new NoHidDevice(`no token is plugged in${serial === undefined ? '' : ` with serial ${serial}`}`);
  try {
    return await hid.HIDAsync.open(path);
  } catch (error) {
    throw new NoHidDevice(
      `${path} can not be opened (${String(error)}): on Linux, does your user own it? see udev rules`,
    );
  }
}

/** node-hid is a native module: where its binary does not load, everything else must still work. */
async function loadNodeHid() {
  try {
    return await import('node-hid');
  } catch (error) {
    throw new NoHidDevice(`the native module node-hid does not load on this machine: ${String(error)}`);
  }
}
