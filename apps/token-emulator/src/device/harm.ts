// What people and the world do to a token. Each takes the token's own chances, so a seed replays it.

import { fall, wash } from '../physics/body.ts';
import { DEBOUNCE_MS, type Edge, pressesSeen } from '../physics/button.ts';
import { SEGMENTS, type Segment } from '../physics/segments.ts';
import type { Device } from './device.ts';

export function drop(device: Device, height_m: number): void {
  const { is_dead, shock_ppm, contact_lost_ms, breaks_segment } = fall(device.profile.body, height_m, () =>
    device.draw(),
  );
  const { crystal } = device.physical;
  device.tell('dropped', `${height_m} m`);
  device.change({ crystal: { ...crystal, shock_ppm: crystal.shock_ppm + shock_ppm } });
  if (breaks_segment)
    killSegment(device, Math.floor(device.draw() * device.profile.display.digits), anySegment(device));
  if (is_dead) return breakIt(device, 'a fall');
  if (contact_lost_ms > 0) device.loseContact(contact_lost_ms);
}

export function washIt(device: Device): void {
  const { is_dead, leak_uA } = wash(device.profile.body, () => device.draw());
  device.tell('washed', is_dead ? 'it is dead' : 'it works, and leaks');
  if (is_dead) return breakIt(device, 'a wash');
  device.change({ leak_uA: device.physical.leak_uA + leak_uA });
}

/** Opens the case: what comes of it is the profile's. */
export function openCase(device: Device): void {
  device.change({ is_opened: true });
  device.tell('opened', device.profile.body.tamper);
  if (device.profile.body.tamper !== 'zeroise') return;
  device.happen({ kind: 'case-opened' });
  device.tell('tampered', 'the secrets are wiped');
}

export function breakIt(device: Device, by: string): void {
  device.change({ is_broken: true });
  device.tell('broken', by);
  device.look();
}

/** @param used_mAh taken from the cell at once */
export function drain(device: Device, used_mAh: number): void {
  const { cell, used_mAh: before } = device.physical;
  device.change({ used_mAh: Math.min(cell.capacity_mAh, before + used_mAh) });
  device.look();
}

/** A fresh cell, where the case can be opened for it. Without power in between. @returns whether it could */
export function replaceCell(device: Device): boolean {
  if (!device.profile.battery.replaceable) return false;
  device.loseContact(1_000);
  device.change({ used_mAh: 0, heat_dose: 0 });
  device.tell('cell-replaced', '');
  return true;
}

/** The button stays down: one press, and then none until it comes up. */
export function stick(device: Device, is_stuck: boolean): void {
  if (is_stuck === device.physical.is_button_stuck) return;
  if (is_stuck) device.pressButton();
  device.change({ is_button_stuck: is_stuck });
  device.tell(is_stuck ? 'stuck' : 'released', '');
  device.look();
}

/** The contact as it really closes and opens: the program counts what it takes for presses. */
export function bounce(device: Device, edges: readonly Edge[]): number {
  const presses = pressesSeen(edges, DEBOUNCE_MS);
  for (const { held_ms } of presses) device.pressButton(held_ms);
  return presses.length;
}

export function killSegment(device: Device, place: number, segment: Segment): void {
  const is_dead = device.physical.dead_segments.some((dead) => dead.place === place && dead.segment === segment);
  if (is_dead) return;
  device.change({ dead_segments: [...device.physical.dead_segments, { place, segment }] });
  device.tell('segment-died', `${segment} of digit ${place + 1}`);
}

export function plug(device: Device, is_plugged: boolean): void {
  device.change({ is_usb_plugged: is_plugged });
  device.tell(is_plugged ? 'plugged' : 'unplugged', '');
  device.look();
}

function anySegment(device: Device): Segment {
  return SEGMENTS[Math.floor(device.draw() * SEGMENTS.length)] ?? 'g';
}
