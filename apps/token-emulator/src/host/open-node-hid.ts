import type { HidTransport } from '../transport/hid-transport.ts';
import { findTokens, loadNodeHid, NoHidDevice } from './find-tokens.ts';

/**
 * Opens a token on a real bus, through the operating system.
 * @throws NoHidDevice that says how to fix it
 */
export async function openNodeHid(serial?: string): Promise<HidTransport> {
  const hid = await loadNodeHid();
  const found = (await findTokens()).filter((one) => serial === undefined || one.serial === serial);
  const [first, second] = found;
  if (first === undefined) {
    throw new NoHidDevice(
      `no token is plugged in${serial === undefined ? '' : ` with serial ${serial}`}: run "ramz-token doctor" to see why`,
    );
  }
  if (second !== undefined && serial === undefined) {
    throw new NoHidDevice(
      `several tokens are plugged in: choose one with --serial ${found.map((one) => one.serial).join(', ')}`,
    );
  }
  try {
    return await hid.HIDAsync.open(first.path);
  } catch (error) {
    throw new NoHidDevice(
      `${first.path} cannot be opened (${String(error)}): does your user own it? "ramz-token doctor" shows the udev rule`,
    );
  }
}
