// The folder of a daemon that has held its first ceremony, made once per run of the tests.
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'RAMZ_TEST_FOLDER';

/** Vitest calls it before the first worker starts, and what it returns after the last has ended. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'ramz-run-'));
  process.env[VARIABLE] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * Fills `dataDir` with a copy. The first caller makes the original, each in a folder of its own if
 * several are first.
 * @param make holds the first ceremony; returns the data directory of the stopped daemon
 * @returns false outside a run of the tests
 */
export async function copyInitialized(dataDir: string, make: () => Promise<string>): Promise<boolean> {
  const folder = process.env[VARIABLE];
  if (folder === undefined) return false;
  const original = join(folder, 'initialized');
  if (!existsSync(original)) keep(await make(), original);
  cpSync(original, dataDir, { recursive: true, preserveTimestamps: true });
  return true;
}

function keep(made: string, original: string): void {
  try {
    renameSync(made, original);
  } catch {
    // Another worker was faster, and its folder is in use.
    rmSync(made, { recursive: true });
  }
}
