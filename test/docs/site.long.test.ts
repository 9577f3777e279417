// The site of the documentation is built, with a search, the API of the libraries, and Persian
// pages.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/source-files.ts';

const SITE = join(ROOT, 'dist/docs');

describe('the site', () => {
  beforeAll(() => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', 'docs'], { cwd: ROOT, encoding: 'utf8' });
    // VitePress ends with an error for a link that leads nowhere.
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
  }, 180_000);

  it('has the four kinds of pages and the API of the libraries', () => {
    for (const page of ['tutorials/lab', 'how-to/hold-ceremonies', 'reference/rpcs', 'explanation/architecture']) {
      expect(readFileSync(join(SITE, `${page}.html`), 'utf8')).toContain('<main');
    }
    expect(readdirSync(join(SITE, 'reference/api'))).toEqual(expect.arrayContaining(['otp-core', 'custody', 'client']));
  });

  it('reads Persian pages from right to left', () => {
    expect(readFileSync(join(SITE, 'fa/use-your-codes.html'), 'utf8')).toMatch(/<html lang="fa-IR" dir="rtl">/);
  });

  it('has a search over all pages, in both languages', () => {
    const indexes = readdirSync(join(SITE, 'assets/chunks')).filter((name) => name.startsWith('@localSearchIndex'));
    const text = indexes.map((name) => readFileSync(join(SITE, 'assets/chunks', name), 'utf8')).join('');
    expect(['unavailable', 'متولی'].filter((word) => !text.includes(word))).toEqual([]);
  });
});
