import { PRODUCT_ID, USAGE_PAGE, VENDOR_ID } from '../usb/personalities/ramz/report-descriptor.ts';

/** Thrown when the operating system's HID devices cannot be reached or include no token. */
export class NoHidDevice extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoHidDevice';
  }
}

/** A token on this machine's buses. */
export interface FoundToken {
  readonly path: string;
  readonly serial: string;
  readonly product: string;
}

/**
 * Lists the tokens that the operating system shows.
 * @throws NoHidDevice if node-hid does not load
 */
export async function findTokens(): Promise<FoundToken[]> {
  const hid = await loadNodeHid();
  const found = await hid.devicesAsync(VENDOR_ID, PRODUCT_ID);
  // libusb does not report the usage page; then the USB ids must suffice.
  const ours = found.filter(({ usagePage }) => usagePage === undefined || usagePage === 0 || usagePage === USAGE_PAGE);
  return ours.flatMap(({ path, serialNumber, product }) =>
    path === undefined ? [] : [{ path, serial: serialNumber ?? '', product: product ?? '' }],
  );
}

/** Loads the native module node-hid. Everything else must work where its binary does not load. */
export async function loadNodeHid(): Promise<typeof import('node-hid')> {
  try {
    return await import('node-hid');
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new NoHidDevice(
      `the native module node-hid does not load on this machine (${why}): on Debian, run "apt-get install libusb-1.0-0 libudev1"`,
    );
  }
}
/** Thrown when a token refuses a command, or gives no answer or a bad one. */
export class TokenRefused extends Error {
  readonly reason: 'unknown-command' | 'malformed' | 'seed-refused' | 'not-in-this-state' | 'no-answer' | 'bad-answer';

  constructor(reason: TokenRefused['reason']) {
    super(`the token refused: ${reason}`);
    this.name = 'TokenRefused';
    this.reason = reason;
  }
}
