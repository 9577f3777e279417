import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { checkDeviceProfile, type DeviceProfile } from './device-profile.ts';
import { explainError } from './explain-error.ts';
import { type SourcedNumber, takeSources } from './sourced-numbers.ts';

const SHIPPED = fileURLToPath(new URL('../../profiles/', import.meta.url));
/** A profile has about 40 numbers; a longer file is not a profile. */
const FILE_BYTES_MAX = 65_536;

/** Thrown for an invalid profile; the message names the file and the part that is wrong. */
export class ProfileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProfileError';
  }
}

/** Returns the names of the profiles that come with the emulator. */
export function shippedDeviceProfiles(): string[] {
  return readdirSync(SHIPPED).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []));
}

export interface ReadProfile {
  readonly profile: DeviceProfile;
  readonly numbers: readonly SourcedNumber[];
}

/**
 * @param name a shipped profile, or a path to a YAML file
 * @throws ProfileError
 */
export function readDeviceProfile(name: string): ReadProfile {
  const isPath = /[./]/.test(name);
  if (!isPath && !shippedDeviceProfiles().includes(name)) {
    throw new ProfileError(`there is no profile ${name}: shipped are ${shippedDeviceProfiles().join(', ')}`);
  }
  const path = isPath ? name : `${SHIPPED}${name}.yaml`;
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > FILE_BYTES_MAX) throw new Error(`is longer than ${FILE_BYTES_MAX} bytes`);
    const { plain, numbers } = takeSources(parse(text, { maxAliasCount: 0 }));
    return { profile: Object.freeze(checkDeviceProfile(plain)), numbers };
  } catch (error) {
    throw new ProfileError(`${path}: ${explainError(error)}`);
  }
}
