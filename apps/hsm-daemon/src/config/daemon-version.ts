import { readFileSync } from 'node:fs';

/** Of the package, as `--version`, status and metrics tell it. */
export const DAEMON_VERSION: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
