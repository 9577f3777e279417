import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Lab } from './lab.ts';

const RAMZ = fileURLToPath(new URL('../../apps/hsm-daemon/dist/cli/main.js', import.meta.url));

/** A `ramz` command that asks the laboratory's daemon, with `--json` among its arguments. */
export function runRamz({ data_dir, daemon }: Lab, args: readonly string[]): { status: number | null; said: unknown } {
  const where = ['--data-dir', data_dir, '--port', String(daemon.port)];
  const { status, stdout } = spawnSync(process.execPath, [RAMZ, ...args, ...where], { encoding: 'utf8' });
  return { status, said: JSON.parse(stdout) };
}
