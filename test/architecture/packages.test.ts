// The packages of the repository, as npm and Nx see them. Nx derives what a change affects from
// their dependencies.
import { describe, expect, it } from 'vitest';
import { readFile, source } from './source-files.ts';

interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (file: string) => JSON.parse(readFile(file)) as Manifest;
const folders = (JSON.parse(readFile('package.json')) as { readonly workspaces: readonly string[] }).workspaces;

/** Returns the workspace packages that a package's sources import. */
function importedBy(folder: string): string[] {
  const texts = source.filter((file) => file.startsWith(`${folder}/`)).map(readFile);
  const names = texts.flatMap((text) =>
    [...text.matchAll(/(?:from |import\(|resolve\()\s*'(@ramz\/[a-z-]+)/g)].map(([, name]) => name),
  );
  return [...new Set(names as string[])].sort();
}

// The contract and the pages of the documentation hold no code that runs.
describe.each(folders.filter((folder) => !['proto', 'docs'].includes(folder)))('%s', (folder) => {
  const { name, scripts = {}, dependencies = {} } = read(`${folder}/package.json`);

  it('can be built, tested, linted and checked by itself', () => {
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['build', 'test', 'lint', 'types']));
    expect(scripts['test']).toContain(` ${folder}/`);
  });

  it('lists exactly the workspace packages that it imports', () => {
    const named = Object.keys(dependencies).filter((dependency) => dependency.startsWith('@ramz/'));
    expect(named.sort()).toEqual(importedBy(folder).filter((imported) => imported !== name));
  });
});

describe('Nx', () => {
  const nx = JSON.parse(readFile('nx.json')) as Readonly<Record<string, unknown>>;

  it('has no plugins, no background process and no cloud connection', () => {
    expect(nx).toMatchObject({ plugins: [], useDaemonProcess: false, neverConnectToCloud: true, analytics: false });
  });

  it('caches builds and checks by their inputs', () => {
    const { targetDefaults } = nx as { targetDefaults: Record<string, { cache: boolean; inputs: string[] }> };
    expect(Object.keys(targetDefaults).sort()).toEqual(['build', 'lint', 'test', 'types']);
    for (const { cache, inputs } of Object.values(targetDefaults))
      expect([cache, inputs.length > 1]).toEqual([true, true]);
  });
});
