import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from './config-error.ts';

const PROFILES = fileURLToPath(new URL('../profiles/', import.meta.url));

/** Returns the names of the profiles that are shipped with the daemon. */
export function shippedProfiles(): string[] {
  return readdirSync(PROFILES).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []));
}

/** @throws ConfigError for a name that is neither a shipped profile nor a path */
export function profilePath(profile: string): string {
  if (/[./]/.test(profile)) return resolve(profile);
  const shipped = shippedProfiles();
  if (shipped.includes(profile)) return `${PROFILES}${profile}.yaml`;
  throw new ConfigError(
    `there is no profile '${profile}': choose ${shipped.join(' or ')}, or give a path to a YAML file`,
  );
}
