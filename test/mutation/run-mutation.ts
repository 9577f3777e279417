// npm run mutate: makes one small change at a time to the files that decide whether a code is
// right, and runs the library's tests on each. A change that no test notices is a survivor: a test
// must kill it, or survivors.json must explain it. Exits with 1 otherwise.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, mutantsOf } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CORE = 'libs/otp-core/src';
/** The files, each with the tests that must notice. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  [`${CORE}/window.ts`]: [CORE],
  [`${CORE}/engine/truncate.ts`]: [CORE],
  'libs/otp-fast/src/truncated-macs.ts': ['libs/otp-fast/src', 'test/engines'],
  [`${CORE}/constant-time.ts`]: [CORE],
  [`${CORE}/code.ts`]: [CORE],
  [`${CORE}/resynchronise.ts`]: [CORE],
  [`${CORE}/hotp.ts`]: [CORE],
  [`${CORE}/totp.ts`]: [CORE],
};
const ONLY = process.env['RAMZ_MUTATE'];

interface Explained {
  readonly file: string;
  readonly line: string;
  readonly why: string;
}

const explained = JSON.parse(readFileSync(new URL('./survivors.json', import.meta.url), 'utf8')) as Explained[];
const dir = mkdtempSync(join(tmpdir(), 'ramz-mutation-'));
for (const entry of ['package.json', 'vitest.config.ts', 'tsconfig.base.json', 'scripts', 'test'])
  cpSync(join(ROOT, entry), join(dir, entry), { recursive: true });
for (const library of ['otp-core', 'otp-fast'])
  cpSync(join(ROOT, 'libs', library), join(dir, 'libs', library), {
    recursive: true,
    filter: (path) => !path.includes('/dist'),
  });
linkPackages();

/** Links third-party packages to the originals, and our own to the copy. */
function linkPackages(): void {
  const packages = join(dir, 'node_modules');
  mkdirSync(join(packages, '@ramz'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter((entry) => entry !== '@ramz'))
    symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
  for (const library of ['otp-core', 'otp-fast'])
    symlinkSync(join(dir, 'libs', library), join(packages, '@ramz', library));
}

/**
 * Decides whether the library's tests notice the change in the copy. Only a timeout notices an
 * endless loop.
 */
function outcome(tests: readonly string[]): 'noticed' | 'unnoticed' | 'timed out' {
  // Skips compiling the kernels and hashing half a gigabyte: they take seconds and test none of
  // these files.
  const quick = ['--bail=1', '--reporter=dot', '--no-isolate', '--maxWorkers=1', '-t', '^(?!.*source compiles)'];
  const { status, error } = spawnSync('vitest', ['run', ...quick, ...tests], { cwd: dir, timeout: 30_000 });
  if (error !== undefined) return 'timed out';
  return status === 0 ? 'unnoticed' : 'noticed';
}

if (outcome(Object.values(FILES).flat()) !== 'unnoticed') throw new Error('the tests fail on the unchanged library');
const count = { killed: 0, timedOut: 0, explained: 0, survived: 0 };
for (const [file, tests] of Object.entries(FILES)) {
  if (ONLY !== undefined && !ONLY.split(',').includes(basename(file))) continue;
  const path = join(dir, file);
  const source = readFileSync(path, 'utf8');
  const mutants = mutantsOf(source);
  for (const [i, mutant] of mutants.entries()) {
    process.stderr.write(`\r${file}: ${i + 1} of ${mutants.length} `);
    writeFileSync(
      path,
      source
        .split('\n')
        .with(mutant.line - 1, mutant.text)
        .join('\n'),
    );
    const seen = outcome(tests);
    if (seen === 'noticed') count.killed += 1;
    else if (seen === 'timed out') count.timedOut += 1;
    else judge(file, mutant);
  }
  writeFileSync(path, source);
  process.stderr.write('\n');
}
rmSync(dir, { recursive: true });
process.stdout.write(
  `${count.killed} killed, ${count.timedOut} timed out, ${count.explained} survive with an explanation, ${count.survived} survive\n`,
);
if (count.survived > 0) process.exitCode = 1;

function judge(file: string, { line, from, to, text }: Mutant): void {
  const reason = explained.find((one) => one.file === basename(file) && one.line === text.trim());
  if (reason !== undefined) {
    count.explained += 1;
    return;
  }
  count.survived += 1;
  process.stdout.write(`${file}:${line}: "${from}" as "${to}" survives: ${text.trim()}\n`);
}
