import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VAULT_LIBRARIES } from '../../boundary/vault-options.ts';

const ROOTS: readonly string[] = [
  fileURLToPath(new URL('../../', import.meta.url)),
  ...VAULT_LIBRARIES.map((name) => dirname(fileURLToPath(import.meta.resolve(name)))),
];

/**
 * Returns the SHA-256 over the daemon's and our libraries' files, by name and contents. The minutes
 * record it to identify the program.
 */
export function hashSoftware(): string {
  const hash = createHash('sha256');
  for (const root of ROOTS) {
    for (const path of filesBelow(root)) {
      hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      return entry.isDirectory() ? filesBelow(path) : /\.[jt]s$/.test(path) && !path.endsWith('.d.ts') ? [path] : [];
    });
}
