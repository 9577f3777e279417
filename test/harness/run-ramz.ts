import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Lab } from './lab.ts';

const RAMZ = fileURLToPath(new URL('../../apps/ramz-cli/dist/main.js', import.meta.url));
const RAMZ_TOKEN = fileURLToPath(new URL('../../apps/token-emulator/dist/cli/main.js', import.meta.url));

/** A `ramz` command that asks the laboratory's daemon. */
export function runRamz({ dataDir, daemon }: Lab, ...args: readonly string[]): SpawnSyncReturns<string> {
  const where = ['--data-dir', dataDir, '--port', String(daemon.port)];
  return spawnSync(process.execPath, [RAMZ, ...args, ...where], { encoding: 'utf8' });
}

/** A `ramz` command that asks no daemon. */
export function runRamzAlone(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [RAMZ, ...args], { encoding: 'utf8' });
}

/** A `ramz` command that asks a server of the test itself, which must be able to answer meanwhile. */
export async function ramzBeside(dataDir: string, port: number, ...args: readonly string[]) {
  const child = spawn(process.execPath, [RAMZ, ...args, '--data-dir', dataDir, '--port', String(port)]);
  const [said, told] = [text(child.stdout), text(child.stderr)];
  return { stdout: await said, stderr: await told };
}

/** A `ramz-token` command. */
export function runRamzTokenAlone(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [RAMZ_TOKEN, ...args], { encoding: 'utf8' });
}

/** As `runRamz`, for a program: what it said is one object. */
export function askRamz(lab: Lab, ...args: readonly string[]): { status: number | null; said: unknown } {
  const { status, stdout } = runRamz(lab, ...args, '--json');
  return { status, said: JSON.parse(stdout) };
}
