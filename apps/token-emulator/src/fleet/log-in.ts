// One log-in: when its presses are made, and what they take from the cell.
import { awakeMah } from '../device/load.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';

/** Log-ins happen at ten in the morning, every so many days from the start of the plan. */
export const LOGIN_HOUR = 10;
/** The first press comes after what falls at the same hour, whose contact has returned by then. */
const FIRST_PRESS_S = 1;
/** A customer waits so long for the next code. Assumption. */
const BETWEEN_PRESSES_S = 90;
/** With it, a hundred presses and the longest display end within the hour. */
const PRESSES_WITHIN_S = 2_900;
/** The period of the codes: that of a laboratory's own seeds. */
export const CODE_PERIOD_S = 60;

/** What the presses of a log-in take from a cell, and how long after the hour the last of it. */
export interface LoginCharge {
  readonly mah: number;
  readonly endsAfterHours: number;
}

/** Returns when the presses of a log-in are made, in seconds after its hour. */
export function pressTimesSeconds(presses: number): number[] {
  return Array.from({ length: presses }, (_, i) => FIRST_PRESS_S + i * gapSeconds(presses));
}

export function loginCharge(profile: DeviceProfile, presses: number): LoginCharge {
  const awake = presses * awakeMah(profile, false);
  const lastPressSeconds = FIRST_PRESS_S + (presses - 1) * gapSeconds(presses);
  if (profile.display.always_on) return { mah: awake, endsAfterHours: lastPressSeconds / 3_600 };
  const litMah = (profile.load.display_uA * litSeconds(profile, presses)) / 3_600 / 1_000;
  return { mah: awake + litMah, endsAfterHours: (lastPressSeconds + litSeconds(profile, 1)) / 3_600 };
}

function gapSeconds(presses: number): number {
  return Math.min(BETWEEN_PRESSES_S, Math.floor(PRESSES_WITHIN_S / presses));
}

/** A press while a code is on the glass makes the next one: the glass is lit once, for longer. */
function litSeconds({ display }: DeviceProfile, presses: number): number {
  const isByStep = display.ends === 'end-of-step';
  const lit = isByStep ? litByStep : (withinSeconds: number) => Math.min(withinSeconds, display.auto_off_s);
  return (presses - 1) * lit(gapSeconds(presses)) + lit(Number.POSITIVE_INFINITY);
}

/** A glass that goes dark with the code's step: the mean over all moments of a press in it. */
function litByStep(withinSeconds: number): number {
  const within = Math.min(withinSeconds, CODE_PERIOD_S);
  return within - within ** 2 / (2 * CODE_PERIOD_S);
}
