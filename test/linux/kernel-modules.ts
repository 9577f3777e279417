import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Maps the modules under a folder by their kernel names, with `_` for `-`. */
function modulesUnder(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ko'));
  return new Map(files.map((file) => [nameOf(file), join(folder, file)]));
}

function nameOf(file: string): string {
  return basename(file, '.ko').replaceAll('-', '_');
}

/** Reads a module's dependencies from its `.modinfo`. */
function needsOf(path: string): string[] {
  const [, needs = ''] = /\0depends=([^\0]*)\0/.exec(readFileSync(path).toString('latin1')) ?? [];
  return needs === '' ? [] : needs.split(',').map((name) => name.replaceAll('-', '_'));
}

/** Returns the paths of these modules and their dependencies, in loading order. */
export function inLoadOrder(folder: string, wanted: readonly string[]): string[] {
  const known = modulesUnder(folder);
  const order: string[] = [];
  const add = (name: string) => {
    const path = known.get(name);
    // A module without a file is built into the kernel.
    if (path === undefined || order.includes(path)) return;
    for (const need of needsOf(path)) add(need);
    if (!order.includes(path)) order.push(path);
  };
  for (const name of wanted) add(name.replaceAll('-', '_'));
  return order;
}
