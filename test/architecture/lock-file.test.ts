// What is installed is what was looked at: each package of the lock file has its hash, and comes from one place.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

interface Locked {
  readonly link?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
}

const { packages } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package-lock.json', import.meta.url)), 'utf8'),
) as { packages: Record<string, Locked> };
const foreign = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && link !== true);

it('each foreign package is locked by a SHA-512', () => {
  expect(foreign.length).toBeGreaterThan(100);
  expect(foreign.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-')).map(([path]) => path)).toEqual(
    [],
  );
});

it('and all of them are fetched from one registry, over TLS', () => {
  const origins = new Set(
    foreign.flatMap(([, { resolved }]) => (resolved === undefined ? [] : [new URL(resolved).origin])),
  );
  expect(origins.size).toBe(1);
  expect([...origins].filter((origin) => !origin.startsWith('https://'))).toEqual([]);
});
