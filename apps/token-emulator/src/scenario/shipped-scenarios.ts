import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../scenarios/', import.meta.url));

/** Paths of the scenarios that come with the emulator, in their order. */
export function shippedScenarios(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
  return files.toSorted().map((file) => `${FOLDER}${file}`);
}
