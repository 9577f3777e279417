import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ConfigError, explainIssue } from './config-error.ts';

const PROFILES = fileURLToPath(new URL('../../profiles/', import.meta.url));

const schema = z.strictObject({
  data_dir: z.string().min(1),
  host: z.string().min(1),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535),
  /** The live realm comes with real ceremonies; until then it is refused. */
  realm: z.literal('test', 'only the test realm exists in this version'),
  /** A profile that ships with the daemon, or a path to a YAML file. */
  profile: z.string().min(1),
});

/** What the operator decides: one value each, with no second source. */
export interface DaemonConfig {
  readonly data_dir: string;
  readonly host: string;
  readonly port: number;
  readonly realm: 'test';
  readonly profile: string;
}

/** @throws ConfigError */
export function checkDaemonConfig(given: Record<string, unknown>): DaemonConfig {
  const result = schema.safeParse(given);
  if (!result.success) throw new ConfigError(explainIssue(result.error));
  return Object.freeze({ ...result.data, data_dir: resolve(result.data.data_dir) });
}

/** Names of the profiles that come with the daemon. */
export function shippedProfiles(): string[] {
  return readdirSync(PROFILES).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []));
}

/** @throws ConfigError for a name that is neither a shipped profile nor a path */
export function profilePath(profile: string): string {
  if (/[./]/.test(profile)) return resolve(profile);
  const shipped = shippedProfiles();
  if (shipped.includes(profile)) return `${PROFILES}${profile}.yaml`;
  throw new ConfigError(
    `there is no profile ${profile}: choose ${shipped.join(' or ')}, or give a path to a YAML file`,
  );
}
