import { checkDeviceProfile, type DeviceProfile } from './device-profile.ts';

/**
 * Returns a profile with some values changed: `battery.cell`, or whole groups.
 * @throws Error that names the value
 */
export function changedProfile(profile: DeviceProfile, change: object): DeviceProfile {
  const merged = structuredClone(profile) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(change)) put(merged, path, value);
  return checkDeviceProfile(merged);
}

/** Sets only values that the profile has already: no path leads out of it. */
function put(merged: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let group = merged;
  for (const key of keys) {
    const next = Object.hasOwn(group, key) ? group[key] : undefined;
    if (typeof next !== 'object' || next === null) throw new Error(`change: there is no ${path} in a profile`);
    group = next as Record<string, unknown>;
  }
  if (!Object.hasOwn(group, last)) throw new Error(`change: there is no ${path} in a profile`);
  group[last] = value;
}
