// What people and the world do to a token. All of it draws from the token's own random stream, so
// that a seed replays it.

import { fall, wash } from '../physics/body.ts';
import { DEBOUNCE_MS, type Edge, pressesSeen } from '../physics/button.ts';
import { SEGMENTS, type Segment } from '../physics/segments.ts';
import type { Device } from './device.ts';

export function drop(device: Device, heightMeters: number): void {
  const { isDead, shockPpm, contactLostMs, breaksSegment } = fall(device.profile.body, heightMeters, () =>
    device.draw(),
  );
  const { crystal } = device.physical;
  device.tell('dropped', `${heightMeters} m`);
  device.change({ crystal: { ...crystal, shockPpm: crystal.shockPpm + shockPpm } });
  if (breaksSegment) killSegment(device, Math.floor(device.draw() * device.profile.display.digits), anySegment(device));
  if (isDead) return breakIt(device, 'a fall');
  if (contactLostMs > 0) device.loseContact(contactLostMs);
}

export function washIt(device: Device): void {
  const { isDead, leakMicroamps } = wash(device.profile.body, () => device.draw());
  device.tell('washed', isDead ? 'it is dead' : device.isPowered ? 'it works, and leaks' : 'it leaks');
  if (isDead) return breakIt(device, 'a wash');
  device.change({ leakMicroamps: device.physical.leakMicroamps + leakMicroamps });
}

/** Opens the case. The profile decides the effect. */
export function openCase(device: Device): void {
  device.change({ isOpened: true });
  device.tell('opened', device.profile.body.tamper);
  if (device.profile.body.tamper !== 'zeroise') return;
  device.happen({ kind: 'case-opened' });
  device.tell('tampered', 'the secrets are wiped');
}

export function breakIt(device: Device, by: string): void {
  device.change({ isBroken: true });
  device.tell('broken', by);
  device.look();
}

/** @param usedMah charge taken from the cell at once */
export function drain(device: Device, usedMah: number): void {
  const { cell, usedMah: before } = device.physical;
  device.change({ usedMah: Math.min(cell.capacityMah, before + usedMah) });
  device.look();
}

/**
 * Replaces the cell, with a loss of power.
 * @returns false if the case cannot be opened for it
 */
export function replaceCell(device: Device): boolean {
  if (!device.profile.battery.replaceable) return false;
  device.loseContact(1_000);
  device.change({ usedMah: 0, heatDose: 0 });
  device.tell('cell-replaced', '');
  return true;
}

/**
 * Makes the button stick or come up again. A stuck button counts as one press until it is released.
 */
export function stick(device: Device, isStuck: boolean): void {
  if (isStuck === device.physical.isButtonStuck) return;
  if (isStuck) device.pressButton();
  device.change({ isButtonStuck: isStuck });
  device.tell(isStuck ? 'stuck' : 'released', '');
  device.look();
}

/**
 * Plays the raw edges of a contact.
 * @returns how many presses the program sees in them
 */
export function bounce(device: Device, edges: readonly Edge[]): number {
  const presses = pressesSeen(edges, DEBOUNCE_MS);
  for (const { heldMs } of presses) device.pressButton(heldMs);
  return presses.length;
}

export function killSegment(device: Device, place: number, segment: Segment): void {
  const isDead = device.physical.deadSegments.some((dead) => dead.place === place && dead.segment === segment);
  if (isDead) return;
  device.change({ deadSegments: [...device.physical.deadSegments, { place, segment }] });
  device.tell('segment-died', `${segment} of digit ${place + 1}`);
}

export function plug(device: Device, isPlugged: boolean): void {
  if (device.physical.isUsbPlugged === isPlugged) return;
  device.change({ isUsbPlugged: isPlugged });
  device.tell(isPlugged ? 'plugged' : 'unplugged', '');
  if (isPlugged) device.onPowerUp();
  device.look();
}

function anySegment(device: Device): Segment {
  return SEGMENTS[Math.floor(device.draw() * SEGMENTS.length)] ?? 'g';
}
