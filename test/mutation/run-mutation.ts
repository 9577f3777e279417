// npm run mutate: changes the files that decide whether a code is right, one small change at a time, and runs the
// library's tests on each. A change that no test notices is a survivor; each must be killed by a test or explained
// in survivors.json. Exits 1 when one is neither.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, mutantsOf } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FILES = [
  'window.ts',
  'truncate.ts',
  'truncated-macs.ts',
  'constant-time.ts',
  'code.ts',
  'resynchronise.ts',
  'hotp.ts',
  'totp.ts',
];
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
cpSync(join(ROOT, 'libs/otp-core'), join(dir, 'libs/otp-core'), {
  recursive: true,
  filter: (path) => !path.includes('/dist'),
});
symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));

/** Whether the library's tests notice what the copy has now; an endless loop is noticed by the clock alone. */
function outcome(): 'noticed' | 'unnoticed' | 'timed out' {
  // Compiling the kernels and hashing half a gigabyte take seconds and look at none of these files.
  const quick = [
    '--bail=1',
    '--reporter=dot',
    '--no-isolate',
    '--maxWorkers=1',
    '-t',
    '^(?!.*(source compiles|longer than 2))',
  ];
  const { status, error } = spawnSync('vitest', ['run', ...quick, 'libs/otp-core/src'], { cwd: dir, timeout: 30_000 });
  if (error !== undefined) return 'timed out';
  return status === 0 ? 'unnoticed' : 'noticed';
}

if (outcome() !== 'unnoticed') throw new Error('the tests fail on the unchanged library');
const count = { killed: 0, timedOut: 0, explained: 0, survived: 0 };
for (const file of FILES.filter((name) => ONLY === undefined || ONLY.split(',').includes(name))) {
  const path = join(dir, 'libs/otp-core/src', file);
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
    const seen = outcome();
    if (seen === 'noticed') count.killed += 1;
    else if (seen === 'timed out') count.timedOut += 1;
    else judge(file, mutant);
  }
  writeFileSync(path, source);
  process.stderr.write('\n');
}
rmSync(dir, { recursive: true });
process.stdout.write(
  `${count.killed} killed, ${count.timedOut} ran for ever, ${count.explained} survive and are explained, ${count.survived} survive\n`,
);
if (count.survived > 0) process.exitCode = 1;

function judge(file: string, { line, from, to, text }: Mutant): void {
  const reason = explained.find((one) => one.file === file && one.line === text.trim());
  if (reason !== undefined) {
    count.explained += 1;
    return;
  }
  count.survived += 1;
  process.stdout.write(`${file}:${line}: "${from}" as "${to}" survives: ${text.trim()}\n`);
}
