// npm run test:timing: checks that the time of a verdict does not depend on the code. Exits with 1
// if it does, or if the harness misses the planted leaks. RAMZ_TIMING_DOC=1 also writes the table
// to docs/explanation/timing.md.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { lastResult, measure, seededRandom } from './measure.ts';
import {
  type Check,
  comparisons,
  constantTime,
  derivedInTime,
  derivedKey,
  stopsAtDigit,
  stopsAtMatch,
} from './subjects.ts';
import { T_MAX } from './welch.ts';

const SAMPLES = Number(process.env['RAMZ_TIMING_SAMPLES'] ?? 1_000_000);
const SEED = Number(process.env['RAMZ_SEED'] ?? 20_261_121);

/**
 * Each comparison runs three times, a million calls of each class every time, and the median t
 * counts. A leak appears every time, with one sign and in the thousands. A t of 5 to 20 that
 * disappears in the next run of the same inputs comes from the machine (a collector that moves
 * keys, a processor that changes its clock).
 */
const RUNS = 3;

interface Row {
  readonly subject: string;
  readonly name: string;
  readonly ts: readonly number[];
  readonly right: boolean;
}

const random = seededRandom(SEED);
const all = comparisons(random);
const named = (name: string) => all.filter((comparison) => comparison.name.startsWith(name));
const rows: Row[] = [];

function run(subject: string, check: Check, which: typeof all, leaks: boolean): void {
  for (const comparison of which) {
    const ts = Array.from({ length: RUNS }, () => measure(check, comparison, SAMPLES, random)).sort((a, b) => a - b);
    const middle = ts[(RUNS - 1) / 2] ?? Number.NaN;
    rows.push({ subject, name: comparison.name, ts, right: Math.abs(middle) > T_MAX === leaks });
    process.stderr.write(`${subject}: ${comparison.name}: t = ${ts.map((t) => t.toFixed(2)).join(', ')}\n`);
  }
}

run('matchWindow', constantTime, all, false);
// A key that is always derived from one message has no known and unknown class.
const ofDerived = comparisons(random, derivedKey()).filter(({ name }) => !name.startsWith('known'));
run('matchDerived', derivedInTime, ofDerived, false);
run('planted: stops at the first match', stopsAtMatch, named('match at the first step'), true);
run('planted: stops at the first wrong digit', stopsAtDigit, named('all digits but'), true);

const table = `# Timing

For security auditors. After this page you know whether the time of a check shows which code, step
or key it was about, and how that was measured.

Each row has Welch's t between two classes of input: ${SAMPLES.toLocaleString('en')} calls of each class, in random order.
It is the largest t over six crops of the slow tail. Each comparison runs three times. The three
values are in ascending order, and the middle one counts. |t| under ${T_MAX} is no evidence that time
distinguishes the classes. The last rows are leaks that were planted on purpose: the same harness
must detect them.

Written by \`RAMZ_TIMING_DOC=1 npm run test:timing\` (seed ${SEED}, Node ${process.versions.node},
${cpus()[0]?.model ?? 'unknown processor'}).

| check | classes | t | result |
|---|---|---|---|
${rows.map(({ subject, name, ts, right }) => `| ${subject} | ${name} | ${ts.map((t) => t.toFixed(2)).join(', ')} | ${right ? 'as expected' : 'WRONG'} |`).join('\n')}
`;
if (process.env['RAMZ_TIMING_DOC'] === '1')
  writeFileSync(new URL('../../docs/explanation/timing.md', import.meta.url), table);
process.stdout.write(table);
if (lastResult() === undefined || rows.some(({ right }) => !right)) process.exitCode = 1;
