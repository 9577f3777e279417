import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Lab } from './lab.ts';

const RAMZ = fileURLToPath(new URL('../../apps/hsm-daemon/dist/cli/main.js', import.meta.url));

/** A `ramz` command that asks the laboratory's daemon. */
export function runRamz({ data_dir, daemon }: Lab, ...args: readonly string[]): SpawnSyncReturns<string> {
  const where = ['--data-dir', data_dir, '--port', String(daemon.port)];
  return spawnSync(process.execPath, [RAMZ, ...args, ...where], { encoding: 'utf8' });
}

/** A `ramz` command that asks no daemon. */
export function runRamzAlone(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [RAMZ, ...args], { encoding: 'utf8' });
}

/** As `runRamz`, for a program: what it said is one object. */
export function askRamz(lab: Lab, ...args: readonly string[]): { status: number | null; said: unknown } {
  const { status, stdout } = runRamz(lab, ...args, '--json');
  return { status, said: JSON.parse(stdout) };
}
