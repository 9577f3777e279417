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

/** How far a token's clock is ahead at the hour of a log-in, and how much it gains in that hour. */
export interface LoginClock {
  readonly aheadSeconds: number;
  readonly gainedSeconds: number;
}

/** The same at each log-in, or, where the code's step ends the display, by the clock. */
export type LoginCharges = LoginCharge | ((clock: LoginClock) => LoginCharge);

/** Returns when the presses of a log-in are made, in seconds after its hour. */
export function pressTimesSeconds(presses: number): number[] {
  const gapSeconds = Math.min(BETWEEN_PRESSES_S, Math.floor(PRESSES_WITHIN_S / presses));
  return Array.from({ length: presses }, (_, i) => FIRST_PRESS_S + i * gapSeconds);
}

export function loginCharges(profile: DeviceProfile, presses: number): LoginCharges {
  const times = pressTimesSeconds(presses);
  const { display } = profile;
  if (display.always_on) return chargeOf(profile, times, () => 0);
  if (display.ends === 'fixed') return chargeOf(profile, times, () => display.auto_off_s);
  return ({ aheadSeconds, gainedSeconds }) =>
    chargeOf(profile, times, (at) => {
      const ownSeconds = at + aheadSeconds + (gainedSeconds * at) / 3_600;
      // Plans and log-ins begin with whole hours, in which steps begin, too.
      return CODE_PERIOD_S - (ownSeconds - Math.floor(ownSeconds / CODE_PERIOD_S) * CODE_PERIOD_S);
    });
}

/** A press while a code is on the glass makes the next one: the glass is lit once, for longer. */
function chargeOf(
  profile: DeviceProfile,
  timesSeconds: readonly number[],
  litAfter: (pressSeconds: number) => number,
): LoginCharge {
  const litSeconds = timesSeconds.reduce((sum, at, i) => {
    const next = timesSeconds[i + 1] ?? Number.POSITIVE_INFINITY;
    return sum + Math.min(litAfter(at), next - at);
  }, 0);
  const last = timesSeconds.at(-1) ?? 0;
  return {
    mah: timesSeconds.length * awakeMah(profile, false) + (profile.load.display_uA * litSeconds) / 3_600 / 1_000,
    endsAfterHours: (last + litAfter(last)) / 3_600,
  };
}
