// Who may use whom: each import of the house against the table of its rooms.
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOORS, ROOMS } from './layers.ts';
import { filesLike, readFile, source } from './source-files.ts';

const house = [...source, ...filesLike('proto/src/*.ts')].filter((file) => !DOORS.some((door) => door.test(file)));
const rooms = new Map(ROOMS.map((room) => [room.folder, room]));
const packages = new Map(
  filesLike('*package.json').map((file) => [(JSON.parse(readFile(file)) as { name: string }).name, dirname(file)]),
);

/** What a file imports: a file of its own package, or the folder of another package. Types counted. */
function importsOf(file: string): string[] {
  const found = readFile(file).matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';|\bimport\(?\s?'([^']+)'/gms);
  return Array.from(found, ([, named, alone]) => named ?? alone ?? '').flatMap((specifier) => {
    if (specifier.startsWith('.')) return [normalize(join(dirname(file), specifier))];
    const [scope, name] = specifier.split('/');
    return scope === '@ramz' ? [packages.get(`${scope}/${name}`) ?? specifier] : [];
  });
}

/** Of an import its room, or the package that it is. */
function roomOf(target: string): string {
  return target.endsWith('.ts') ? dirname(target) : target;
}

/** Groups of names that reach each other. */
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

/** Edges between what `of` makes of files, without those within one. */
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

describe('the rooms of the house', () => {
  it('are all in the table, and nothing else is', () => {
    const lived = new Set(house.map(dirname));
    expect([...lived].filter((folder) => !rooms.has(folder))).toEqual([]);
    expect([...rooms.keys()].filter((folder) => !lived.has(folder))).toEqual([]);
  });

  it('use only what the table says', () => {
    const wrong = house.flatMap((file) =>
      importsOf(file)
        .filter((target) => !target.includes('/gen/'))
        .map(roomOf)
        .filter((room) => room !== dirname(file) && rooms.get(dirname(file))?.uses.includes(room) === false)
        .map((room) => `${file} uses ${room}`),
    );
    expect(wrong).toEqual([]);
  });

  it('use everything that the table says', () => {
    const used = edgesBy((file) => roomOf(file.endsWith('.ts') ? file : file));
    const idle = ROOMS.flatMap(({ folder, uses }) =>
      uses.filter((room) => used.get(folder)?.has(room) === false).map((room) => `${folder} has no use for ${room}`),
    );
    expect(idle).toEqual([]);
  });

  it('have no circle, of files or of rooms', () => {
    expect(circlesIn(edgesBy((file) => file))).toEqual([]);
    expect(circlesIn(edgesBy(roomOf))).toEqual([]);
  });

  it('see a circle where there is one', () => {
    const planted = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['b'])],
    ]);
    expect(circlesIn(planted).map(([name]) => name)).toEqual(['b', 'c']);
  });

  it('never lead from a library up to an app, and from no app into the daemon', () => {
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

  it('are in docs/architecture.md as they are here', () => {
    const shortOf = (room: string) =>
      room
        .replace('apps/hsm-daemon/src', 'daemon')
        .replace(/\/src(?=\/|$)/, '')
        .replace(/^(libs|apps)\//, '');
    const lines = ROOMS.map(
      ({ folder, holds, uses }) => `| \`${folder}\` | ${holds} | ${uses.map(shortOf).join(', ') || '–'} |`,
    );
    const page = readFile('docs/architecture.md');
    expect(lines.filter((line) => !page.includes(line))).toEqual([]);
  });
});
