import type { DeviceProfile } from '../profile/device-profile.ts';
import type { InstantMs } from '../time/instant.ts';

/** What is printed on the case, and what it was made with. */
export interface DeviceIdentity {
  readonly serial: string;
  readonly firmwareVersion: string;
}

/** How a token is made. */
export interface DeviceOptions {
  readonly identity: DeviceIdentity;
  readonly profile: DeviceProfile;
  readonly now: InstantMs;
  /** Of its lot and its chances; the same number makes the same token. */
  readonly seed?: number;
}
