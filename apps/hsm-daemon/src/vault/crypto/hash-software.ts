import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VAULT = fileURLToPath(new URL('../', import.meta.url));

/** SHA-256 over the vault's own files, by name and contents: which program it was, for the minutes. */
export function hashSoftware(): string {
  const hash = createHash('sha256');
  for (const path of filesBelow(VAULT))
    hash.update(path.slice(VAULT.length)).update('\0').update(readFileSync(path)).update('\0');
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
