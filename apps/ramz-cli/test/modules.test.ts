// Limits the modules that the `ramz` command loads: few for small tasks, and never the daemon's.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const RAMZ = pathOf('../dist/main.js');

function modulesOf(...args: readonly string[]): string[] {
  const argv = ['--import', pathOf('./count-modules.mjs'), RAMZ, ...args];
  const { output } = spawnSync(process.execPath, argv, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  return JSON.parse(output[3] ?? '[]') as string[];
}

it('--version loads fewer than 150 modules', () => {
  const modules = modulesOf('--version');
  expect(modules.length).toBeGreaterThan(3);
  expect(modules.length).toBeLessThan(150);
});

it.each([['--help'], ['status', '--help'], ['audit', 'verify', '/nonexistent'], ['policy', 'check', 'maskan']])(
  '%s %s %s loads no module of the daemon or of NestJS',
  (...args) => {
    const modules = modulesOf(...args);
    expect(modules.length).toBeGreaterThan(50);
    expect(modules.filter((url) => /@nestjs|hsm-daemon|opentelemetry|prom-client/.test(url))).toEqual([]);
  },
);
