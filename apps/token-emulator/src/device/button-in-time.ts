import type { DeviceProfile } from '../profile/device-profile.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import type { Physical } from './physical.ts';
import type { RunningProgram } from './running-program.ts';

/** What a button is on: a device, as far as its button needs it. */
export interface ButtonCase {
  readonly physical: Physical;
  readonly profile: DeviceProfile;
  readonly now: InstantMs;
  change(changed: Partial<Physical>): void;
  pressButton(heldMs: number): void;
  look(): void;
}

/**
 * Puts the button down. A hold acts while it is still down, a press when it comes up again: only
 * then does a token know which it is.
 */
export function putDown(device: ButtonCase, program: RunningProgram): void {
  if (device.physical.isButtonStuck || device.physical.buttonDownAt !== undefined) return;
  device.change({ buttonDownAt: device.now });
  program.ahead.schedule(instant(device.now + Math.ceil(device.profile.button.hold_s * 1_000)), 'held-long-enough');
  device.look();
}

export function letUp(device: ButtonCase, program: RunningProgram): void {
  const { buttonDownAt } = device.physical;
  if (buttonDownAt === undefined) return;
  device.change({ buttonDownAt: undefined });
  program.ahead.cancel((ahead) => ahead === 'held-long-enough');
  const heldMs = device.now - buttonDownAt;
  if (heldMs < device.profile.button.hold_s * 1_000) device.pressButton(Math.max(1, heldMs));
  device.look();
}
