// What the pages name exists: commands with their options, files, and headings that are linked to.
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPrograms } from '../../scripts/reference/programs.ts';
import { ROOT, readFile } from '../architecture/source-files.ts';
import { commandsIn, whyUnknown } from './named-commands.ts';
import { blocksOf, readersPages } from './pages.ts';

const scripts = Object.keys((JSON.parse(readFile('package.json')) as { scripts: Record<string, string> }).scripts);
const programs = await loadPrograms();
const fault = (text: string) => commandsIn(text).flatMap((command) => whyUnknown(command, programs, scripts) ?? []);

describe.each(readersPages())('%s', (page) => {
  it('names commands and options that exist', () => {
    const wrong = commandsIn(readFile(page)).flatMap((command) => {
      const why = whyUnknown(command, programs, scripts);
      return why === undefined ? [] : [`${page}:${command.line}: ${command.words.join(' ')}: ${why}`];
    });
    expect(wrong).toEqual([]);
  });

  it('links to files and headings that exist', () => {
    expect(brokenLinks(page, readFile(page))).toEqual([]);
  });

  it('says of each block of commands how it is tested', () => {
    expect(() => blocksOf(page)).not.toThrow();
  });
});

describe('the check of commands', () => {
  it.each([
    ['`npx ramz statuss`', 'ramz has no command statuss'],
    ['`npx ramz status --porrt 1`', 'status has no option --porrt'],
    ['```sh example\nnpx ramz verify --card 1 \\\n  --cod 2 # a comment\n```\n', 'verify has no option --cod'],
    ['`npm run tests`', 'there is no script tests'],
    ['`ramz-daemon --restor`', 'ramz-daemon has no option --restor'],
  ])('finds the fault of %s', (text, why) => {
    expect(fault(text)).toEqual([why]);
  });

  it('takes a right one', () => {
    expect(fault('`npx ramz ceremony open --keys operator.json --kind restore`')).toEqual([]);
  });
});

describe('the check of links', () => {
  it('finds a file and a heading that are missing', () => {
    const text = '[a](nowhere.md) [b](reference/errors.md#no-such) [c](reference/errors.md#reasons)';
    expect(brokenLinks('docs/README.md', text)).toEqual(['nowhere.md', 'reference/errors.md#no-such']);
  });
});

function brokenLinks(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => !/^(https?|mailto):/.test(link) && !leadsSomewhere(page, link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(readFile(target)).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}
