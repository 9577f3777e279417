import type { StateName } from '../firmware/token-state.ts';
import { stuckMicroamps } from '../physics/button.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { Physical } from './physical.ts';

const NOMINAL_V = 3;
const SHOWS: readonly StateName[] = ['showing', 'pin-entry', 'challenge-entry', 'message'];

/** Returns the steady current that the token draws in this state. */
export function loadMicroamps(
  state: StateName,
  { leakMicroamps, isButtonStuck, buttonDownAt }: Pick<Physical, 'leakMicroamps' | 'isButtonStuck' | 'buttonDownAt'>,
  { load, button }: DeviceProfile,
): number {
  const stuck =
    isButtonStuck || buttonDownAt !== undefined ? stuckMicroamps(NOMINAL_V, button.pullup_ohm) + button.stuck_uA : 0;
  if (state === 'off') return leakMicroamps + stuck;
  return load.sleep_uA + (SHOWS.includes(state) ? load.display_uA : 0) + leakMicroamps + stuck;
}

/**
 * Returns the mean current of a glass that is always on: the processor wakes up once a step. A
 * steady load, so that years of it need not be lived step by step.
 */
export function rollingMicroamps(profile: DeviceProfile, periodSeconds: number): number {
  return (awakeMah(profile, false) * 1_000) / (periodSeconds / 3_600);
}

/** Returns the charge that one wake-up takes, mAh. */
export function awakeMah({ load }: DeviceProfile, wrote: boolean): number {
  const hours = load.code_ms / 3_600_000;
  return ((load.active_uA + (wrote ? load.write_uA / 20 : 0)) * hours) / 1_000;
}
