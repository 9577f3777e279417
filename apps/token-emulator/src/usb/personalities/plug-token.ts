import type { Device } from '../../device/device.ts';
import { plug } from '../../device/harm.ts';
import type { KeptMemory } from '../../device/kept-memory.ts';
import type { Personality } from '../hid-function.ts';
import { type Presence, UsbDevice } from '../usb-device.ts';
import { NitrokeyMemory } from './nitrokey-hotp/nitrokey-memory.ts';
import { Nitrokey } from './nitrokey-hotp/nitrokey-personality.ts';
import type { PersonalityName } from './personality-names.ts';
import { type RamzInterfaces, ramzPersonality } from './ramz/ramz-personality.ts';
import { Slots } from './yubikey-otp/slots.ts';
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
      return tokenWith(device, ramzPersonality(device, interfaces), () => {});
    case 'yubikey-otp': {
      const key = new YubiKey(device, serial);
      const token = tokenWith(device, key.personality, () => key.powerUp());
      return { ...token, touch: (heldMs) => key.touch(heldMs), button: buttonOf(device, key) };
    }
    case 'nitrokey-hotp': {
      const key = new Nitrokey(device, serial);
      return tokenWith(device, key.personality, () => key.powerUp());
    }
  }
}

/** A token with a button of its own, which acts while it is held. */
function tokenWith(device: Device, personality: Personality, powerUp: () => void): PluggableToken {
  const usb = new UsbDevice(personality, () => presenceOf(device, personality.name === 'ramz'));
  usb.onAttached = (isAttached) => plug(device, isAttached);
  device.onPowerUp = powerUp;
  return {
    device,
    usb,
    touch: (heldMs) => device.pressButton(heldMs),
    button: (isDown) => (isDown ? device.buttonDown() : device.buttonUp()),
  };
}

/** Ramz's own interface answers from the bus' power, also for a token whose cell is empty. */
function presenceOf({ physical, isPowered }: Device, isOwn: boolean): Presence {
  if (!physical.isUsbPlugged) return 'gone';
  const isSilent = physical.isBroken || (!isOwn && !isPowered);
  return isSilent ? 'silent' : 'there';
}

/** A YubiKey acts when it is let go, or at once where a long touch has no meaning. */
function buttonOf(device: Device, key: YubiKey): (isDown: boolean) => void {
  let downAtMs: number | undefined;
  return (isDown) => {
    if (isDown === (downAtMs !== undefined)) return;
    if (isDown === key.isFastTriggered) key.touch(isDown ? 1 : device.now - (downAtMs ?? device.now));
    downAtMs = isDown ? device.now : undefined;
  };
}

/** Returns a personality's memory of what its `save` returned. */
export function restoredMemory(name: PersonalityName, saved: unknown): KeptMemory | undefined {
  if (saved === undefined) return undefined;
  return name === 'yubikey-otp'
    ? Slots.restore(saved)
    : name === 'nitrokey-hotp'
      ? NitrokeyMemory.restore(saved)
      : undefined;
}
