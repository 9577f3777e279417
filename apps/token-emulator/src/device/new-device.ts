import { HOURS_A_YEAR } from '../physics/source.ts';
import { weatherOf } from '../physics/weather.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { EventQueue } from '../time/event-queue.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import { RandomStream } from '../time/random-stream.ts';
import type { DeviceIdentity } from './device-options.ts';
import { madeFrom } from './physical.ts';
import type { Snapshot } from './snapshot.ts';

/** A warehouse: assumption. */
export const SHELF_C = 20;

/** Returns when a token was made that is issued now, after its time on the shelf. */
export function madeAtFor({ battery }: DeviceProfile, issuedAt: InstantMs): InstantMs {
  return instant(issuedAt - Math.round((battery.shelf_months / 12) * HOURS_A_YEAR * 3_600_000));
}

/** Returns a token at the moment it was made. The shelf is the first part of its life. */
export function blankDevice(
  identity: DeviceIdentity,
  profile: DeviceProfile,
  seed: string,
  issuedAt: InstantMs,
): Snapshot {
  const madeAt = madeAtFor(profile, issuedAt);
  const { sleep_uA: sleep } = profile.load;
  const weather = weatherOf(SHELF_C, profile.body.storage_C.max);
  return {
    identity,
    profile,
    seed,
    drawn: 0,
    ahead: new EventQueue(),
    state: { name: 'blank' },
    kept: undefined,
    changed: { ...madeFrom(profile, new RandomStream(seed, 'made'), madeAt), tempCelsius: SHELF_C },
    changedAt: madeAt,
    steady: { weather, loadMicroamps: sleep, wakingMicroamps: sleep, isPowered: true },
    now: madeAt,
    shownAt: madeAt,
  };
}
