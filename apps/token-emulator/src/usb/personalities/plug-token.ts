import type { Device } from '../../device/device.ts';
import { plug } from '../../device/harm.ts';
import type { Personality } from '../hid-function.ts';
import { UsbDevice } from '../usb-device.ts';
import { Nitrokey } from './nitrokey-hotp/nitrokey-personality.ts';
import type { PersonalityName } from './personality-names.ts';
import { type RamzInterfaces, ramzPersonality } from './ramz/ramz-personality.ts';
import { YubiKey } from './yubikey-otp/yubikey-personality.ts';

/** Serial numbers of emulated vendors' devices: high, so that they are easy to recognize. */
const LAB_SERIALS_FROM = 99_000_000;

/** A token that can be plugged in. */
export interface PluggableToken {
  readonly device: Device;
  readonly usb: UsbDevice;
  /** Touches the token; its personality decides what that does. */
  readonly touch: (heldMs: number) => void;
  /** Puts its button down or lets it up; the personality acts when its vendor's device does. */
  readonly button: (isDown: boolean) => void;
}

/**
 * Gives a token its personality on a bus.
 * @param number of the token in its laboratory, from 0
 */
export function pluggable(
  device: Device,
  name: PersonalityName = 'ramz',
  number = 0,
  interfaces: RamzInterfaces = 'vendor',
): PluggableToken {
  const serial = LAB_SERIALS_FROM + number;
  switch (name) {
    case 'ramz':
      return made(
        device,
        ramzPersonality(device, interfaces),
        () => {},
        (heldMs) => device.pressButton(heldMs),
      );
    case 'yubikey-otp': {
      const key = new YubiKey(device, serial);
      return made(
        device,
        key.personality,
        () => key.powerUp(),
        (heldMs) => key.touch(heldMs),
      );
    }
    case 'nitrokey-hotp': {
      const key = new Nitrokey(device, serial);
      return made(
        device,
        key.personality,
        () => key.powerUp(),
        (heldMs) => device.pressButton(heldMs),
      );
    }
  }
}

function made(
  device: Device,
  personality: Personality,
  powerUp: () => void,
  touch: (heldMs: number) => void,
): PluggableToken {
  const usb = new UsbDevice(personality);
  usb.onAttached = (isAttached) => {
    plug(device, isAttached);
    if (isAttached) powerUp();
  };
  return { device, usb, touch, button: buttonOf(device, personality, touch) };
}

/** A token of ours acts while it is held. A vendor's key acts when it is let go. */
function buttonOf(device: Device, { name }: Personality, touch: (heldMs: number) => void): (isDown: boolean) => void {
  if (name !== 'yubikey-otp') return (isDown) => (isDown ? device.buttonDown() : device.buttonUp());
  let downAtMs: number | undefined;
  return (isDown) => {
    if (!isDown && downAtMs !== undefined) touch(device.now - downAtMs);
    downAtMs = isDown ? (downAtMs ?? device.now) : undefined;
  };
}
