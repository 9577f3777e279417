// Repeats a recorded run: a refactoring must not change a byte on the wire or in the store.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

it('produces the same messages and rows as the recorded run, byte for byte', () => {
  const recorded = readFileSync(pathOf('recorded-run.txt'), 'utf8').split('\n');
  const now = execFileSync(process.execPath, [pathOf('record-run.ts')], { encoding: 'utf8', maxBuffer: 1 << 24 });
  expect(recorded.length).toBeGreaterThan(900);
  expect(now.split('\n')).toEqual(recorded);
});
