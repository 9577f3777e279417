// Checks each import in the repository against the table of folders in layers.ts.
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOORS, ROOMS } from './layers.ts';
import { filesLike, readFile, source } from './source-files.ts';

const house = [...source, ...filesLike('proto/src/*.ts')].filter((file) => !DOORS.some((door) => door.test(file)));
const rooms = new Map(ROOMS.map((room) => [room.folder, room]));
const packages = new Map(
  filesLike('*package.json').map((file) => [(JSON.parse(readFile(file)) as { name: string }).name, dirname(file)]),
);

/**
 * Returns what a file imports: a file of its own package, or the folder of another package.
 * Includes type imports.
 */
function importsOf(file: string): string[] {
  const found = readFile(file).matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';|\bimport\(?\s?'([^']+)'/gms);
  return Array.from(found, ([, named, alone]) => named ?? alone ?? '').flatMap((specifier) => {
    if (specifier.startsWith('.')) return [normalize(join(dirname(file), specifier))];
    const [scope, name] = specifier.split('/');
    return scope === '@ramz' ? [packages.get(`${scope}/${name}`) ?? specifier] : [];
  });
}

/** Returns the folder of an imported file, or the package itself. */
function roomOf(target: string): string {
  return target.endsWith('.ts') ? dirname(target) : target;
}

/** Returns each name that can reach itself, with its direct neighbors. */
function circlesIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const reach = (from: string, to: string) => {
    const seen = new Set<string>();
    const open = [...(edges.get(from) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === to) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(edges.get(next) ?? []));
    }
    return false;
  };
  return [...edges.keys()].filter((name) => reach(name, name)).map((name) => [name, ...(edges.get(name) ?? [])]);
}

/** Maps each file to a group by `of`, and returns the edges between different groups. */
function edgesBy(of: (file: string) => string): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const file of house) {
    const from = of(file);
    const all = edges.get(from) ?? new Set<string>();
    for (const target of importsOf(file)) if (of(target) !== from) all.add(of(target));
    edges.set(from, all);
  }
  return edges;
}

describe('the folders of the repository', () => {
  it('are exactly those in the table', () => {
    const lived = new Set(house.map(dirname));
    expect([...lived].filter((folder) => !rooms.has(folder))).toEqual([]);
    expect([...rooms.keys()].filter((folder) => !lived.has(folder))).toEqual([]);
  });

  it('import only what the table allows', () => {
    const wrong = house.flatMap((file) =>
      importsOf(file)
        .filter((target) => !target.includes('/gen/'))
        .map(roomOf)
        .filter((room) => room !== dirname(file) && rooms.get(dirname(file))?.uses.includes(room) === false)
        .map((room) => `${file} uses ${room}`),
    );
    expect(wrong).toEqual([]);
  });

  it('import everything the table allows', () => {
    const used = edgesBy((file) => roomOf(file.endsWith('.ts') ? file : file));
    const idle = ROOMS.flatMap(({ folder, uses }) =>
      uses.filter((room) => used.get(folder)?.has(room) === false).map((room) => `${folder} does not import ${room}`),
    );
    expect(idle).toEqual([]);
  });

  it('have no import cycle, of files or of folders', () => {
    expect(circlesIn(edgesBy((file) => file))).toEqual([]);
    expect(circlesIn(edgesBy(roomOf))).toEqual([]);
  });

  it('report a cycle in a graph that has one', () => {
    const planted = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['b'])],
    ]);
    expect(circlesIn(planted).map(([name]) => name)).toEqual(['b', 'c']);
  });

  it('never import an app from a library, or the daemon from another app', () => {
    const up = ROOMS.flatMap(({ folder, uses }) =>
      uses.filter((room) => !folder.startsWith('apps/') && room.startsWith('apps/')).map((room) => [folder, room]),
    );
    expect(up).toEqual([]);
    expect(
      ROOMS.filter(
        ({ folder, uses }) =>
          !folder.startsWith('apps/hsm-daemon') && uses.some((room) => room.startsWith('apps/hsm-daemon')),
      ),
    ).toEqual([]);
  });

  it('appear in docs/explanation/architecture.md as in the table', () => {
    const shortOf = (room: string) =>
      room
        .replace('apps/hsm-daemon/src', 'daemon')
        .replace(/\/src(?=\/|$)/, '')
        .replace(/^(libs|apps)\//, '');
    const lines = ROOMS.map(
      ({ folder, holds, uses }) => `| \`${folder}\` | ${holds} | ${uses.map(shortOf).join(', ') || '–'} |`,
    );
    const page = readFile('docs/explanation/architecture.md');
    expect(lines.filter((line) => !page.includes(line))).toEqual([]);
  });
});
