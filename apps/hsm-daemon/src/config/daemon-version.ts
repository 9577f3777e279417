import { readFileSync } from 'node:fs';

/** The package version, as `--version`, status and metrics show it. */
export const DAEMON_VERSION: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
