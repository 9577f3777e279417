import { type Cell, cellOf, terminalVolts } from '../physics/cell.ts';
import { failedShare } from '../physics/cell-heat.ts';
import type { Crystal } from '../physics/crystal.ts';
import type { Segment } from '../physics/segments.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { DeviceTimeMs, InstantMs } from '../time/instant.ts';
import type { RandomStream } from '../time/random-stream.ts';

/** The body of a token: how it was made, and its condition now. */
export interface Physical {
  readonly madeAt: InstantMs;
  readonly cell: Cell;
  readonly usedMah: number;
  readonly heatDose: number;
  /** Share of the heat beyond the storage range that it stands; at 1 it is broken. */
  readonly overheatedShare: number;
  /** The dose that kills this particular cell. */
  readonly diesAtDose: number;
  readonly crystal: Crystal;
  /** The clock with a perfect crystal. `gainedSeconds` is kept apart, so that no phase is lost. */
  readonly clockMs: number;
  readonly gainedSeconds: number;
  readonly tempCelsius: number;
  readonly leakMicroamps: number;
  readonly isButtonStuck: boolean;
  /** Since when it is held down; undefined while it is up. */
  readonly buttonDownAt: InstantMs | undefined;
  readonly isBroken: boolean;
  readonly isContactLost: boolean;
  readonly contactReturnsAt: InstantMs;
  readonly isOpened: boolean;
  readonly isUsbPlugged: boolean;
  readonly deadSegments: readonly DeadSegment[];
  readonly counterWrites: number;
  /** The count in non-volatile memory, as it was last written. */
  readonly storedCounter: number;
  /** Share of the retention time that has passed since the seed was written; at 1 it is lost. */
  readonly forgottenShare: number;
  readonly presses: number;
}

export interface DeadSegment {
  /** Counted from the left, from 0. */
  readonly place: number;
  readonly segment: Segment;
}

/** Supply of a token that takes its power from the bus. */
const USB_V = 3.3;
export const ROOM_C = 25;

/** The parts of a token that differ from the next one of its lot. */
export interface Parts {
  readonly cell: Cell;
  readonly diesAtDose: number;
  readonly crystal: Crystal;
}

/** Draws the parts of a token. The same stream makes the same token, on a bench and in a fleet. */
export function drawParts({ battery, clock }: DeviceProfile, random: RandomStream): Parts {
  return {
    cell: cellOf(
      battery.cell,
      battery.capacity_factor * Math.max(0.1, 1 + (random.normal() * battery.spread_pct) / 100),
    ),
    diesAtDose: Math.log(1 - random.draw()) / Math.log(1 - failedShare(1)),
    crystal: {
      initialPpm: random.normalWithin(clock.tolerance_ppm),
      turnoverCelsius: clock.turnover_C + random.normalWithin(clock.turnover_spread_C),
      parabolaPpmPerC2: clock.parabola_ppm_per_C2 + random.normalWithin(clock.parabola_spread_ppm_per_C2),
      ageingPpmFirstYear: random.normalWithin(clock.ageing_ppm_first_year),
      shockPpm: 0,
    },
  };
}

/** Returns the body of a token as it leaves the factory, with its clock set right. */
export function madeFrom(profile: DeviceProfile, random: RandomStream, madeAt: InstantMs): Physical {
  return {
    madeAt,
    ...drawParts(profile, random),
    usedMah: 0,
    heatDose: 0,
    overheatedShare: 0,
    clockMs: madeAt,
    gainedSeconds: 0,
    tempCelsius: ROOM_C,
    leakMicroamps: 0,
    isButtonStuck: false,
    buttonDownAt: undefined,
    isBroken: false,
    isContactLost: false,
    contactReturnsAt: madeAt,
    isOpened: false,
    isUsbPlugged: false,
    deadSegments: [],
    counterWrites: 0,
    storedCounter: 0,
    forgottenShare: 0,
    presses: 0,
  };
}

/** Whether heat has ended the cell. */
export function hasDeadCell({ heatDose, diesAtDose }: Physical): boolean {
  return heatDose >= diesAtDose;
}

/** Whether heat has ended the token itself. */
export function isOverheated({ overheatedShare }: Physical): boolean {
  return overheatedShare >= 1;
}

/** Whether the cell rests: the bus powers the token. */
export function isBusPowered({ isUsbPlugged }: Physical, { usb }: DeviceProfile): boolean {
  return isUsbPlugged && usb.powers_token;
}

/** Returns the supply voltage of the program under this load; 0 without power. */
export function supplyVolts(physical: Physical, profile: DeviceProfile, loadMicroamps: number): number {
  if (physical.isBroken || isOverheated(physical)) return 0;
  if (isBusPowered(physical, profile)) return USB_V;
  if (physical.isContactLost || hasDeadCell(physical)) return 0;
  return terminalVolts(physical.cell, physical.usedMah, physical.tempCelsius, loadMicroamps);
}

export function clockOf({ clockMs, gainedSeconds }: Physical): DeviceTimeMs {
  return (clockMs + gainedSeconds * 1_000) as DeviceTimeMs;
}
