import type { TokenEvent } from '../firmware/token-event.ts';
import type { EventQueue } from '../time/event-queue.ts';
import type { ButtonCase } from './button-in-time.ts';
import type { Ahead } from './running-program.ts';

/** A device, as far as what it has scheduled needs it. */
export interface WaitingDevice extends ButtonCase {
  happen(event: TokenEvent): void;
}

/** Carries out what a device has scheduled until now, in order. */
export function carryOutDue(device: WaitingDevice, ahead: EventQueue<Ahead>): void {
  for (let due = ahead.takeUntil(device.now); due !== undefined; due = ahead.takeUntil(device.now)) {
    if (due.event === 'time-is-up') device.happen({ kind: 'time-is-up' });
    else if (due.event === 'held-long-enough') device.pressButton(Math.ceil(device.profile.button.hold_s * 1_000));
    // Of overlapping interruptions, the longest counts.
    else if (device.now >= device.physical.contactReturnsAt) device.change({ isContactLost: false });
    device.look();
  }
}
