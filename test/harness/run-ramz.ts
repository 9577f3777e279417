import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Lab } from './lab.ts';

const RAMZ = fileURLToPath(new URL('../../apps/ramz-cli/dist/main.js', import.meta.url));
const RAMZ_TOKEN = fileURLToPath(new URL('../../apps/token-emulator/dist/cli/main.js', import.meta.url));

/** Runs a `ramz` command against the lab's daemon. */
export function runRamz({ dataDir, daemon }: Lab, ...args: readonly string[]): SpawnSyncReturns<string> {
  const where = ['--data-dir', dataDir, '--port', String(daemon.port)];
  return spawnSync(process.execPath, [RAMZ, ...args, ...where], { encoding: 'utf8' });
}

/** Runs a `ramz` command without a daemon. */
export function runRamzAlone(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [RAMZ, ...args], { encoding: 'utf8' });
}

/** Runs a `ramz` command against a server in this process, without blocking the event loop. */
export async function ramzBeside(dataDir: string, port: number, ...args: readonly string[]) {
  const child = spawn(process.execPath, [RAMZ, ...args, '--data-dir', dataDir, '--port', String(port)]);
  const [said, told] = [text(child.stdout), text(child.stderr)];
  return { stdout: await said, stderr: await told };
}

/** Runs a `ramz-token` command. */
export function runRamzTokenAlone(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [RAMZ_TOKEN, ...args], { encoding: 'utf8' });
}

/** Runs `runRamz` with `--json`, and returns its output as one object. */
export function askRamz(lab: Lab, ...args: readonly string[]): { status: number | null; said: unknown } {
  const { status, stdout } = runRamz(lab, ...args, '--json');
  return { status, said: JSON.parse(stdout) };
}
