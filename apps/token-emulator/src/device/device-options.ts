import type { DeviceProfile } from '../profile/device-profile.ts';
import type { InstantMs } from '../time/instant.ts';

/** The serial number printed on the case, and the firmware it was made with. */
export interface DeviceIdentity {
  readonly serial: string;
  readonly firmwareVersion: string;
}

/** Options for making a token. */
export interface DeviceOptions {
  readonly identity: DeviceIdentity;
  readonly profile: DeviceProfile;
  readonly now: InstantMs;
  /** Seed of the lot's spread and all random events; the same number makes the same token. */
  readonly seed?: number | string;
}
