import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];

/** Returns the path of a Chromium on this machine; undefined if there is none. */
export function chromiumPath(): string | undefined {
  return process.env['RAMZ_CHROMIUM'] ?? PLACES.find((path) => existsSync(path));
}

export function startBrowser(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}
