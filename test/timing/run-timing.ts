// npm run test:timing: is a code's verdict told by the time it takes? Exits 1 when it is, or when the harness does
// not catch the planted leaks. RAMZ_TIMING_DOC=1 also writes the table to docs/timing.md.

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
 * Each comparison is measured three times, a million calls of each class every time, and the middle t counts. A
 * leak is there every time, with one sign, and in the thousands; a t of 5 to 20 that comes once and is gone in the
 * next run of the same inputs is the machine (a collector moving keys, a processor changing its clock).
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
// Whose key it is cannot be asked of a key that is always derived from one message.
const ofDerived = comparisons(random, derivedKey()).filter(({ name }) => !name.startsWith('known'));
run('matchDerived', derivedInTime, ofDerived, false);
run('planted: stops at the first match', stopsAtMatch, named('match at the first step'), true);
run('planted: stops at the first wrong digit', stopsAtDigit, named('all digits but'), true);

const table = `# Timing

Welch's t between two classes of input, ${SAMPLES.toLocaleString('en')} calls of each in random order, the largest over
six crops of the slow tail; three runs each, in order, of which the middle counts. |t| under ${T_MAX} is no evidence that time tells the classes apart. The last rows are
leaks planted on purpose: the same harness must catch them. Written by \`npm run test:timing\` (seed ${SEED}, Node
${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}).

| check | classes | t | |
|---|---|---|---|
${rows.map(({ subject, name, ts, right }) => `| ${subject} | ${name} | ${ts.map((t) => t.toFixed(2)).join(', ')} | ${right ? 'as it should be' : 'WRONG'} |`).join('\n')}
`;
if (process.env['RAMZ_TIMING_DOC'] === '1') writeFileSync(new URL('../../docs/timing.md', import.meta.url), table);
process.stdout.write(table);
if (lastResult() === undefined || rows.some(({ right }) => !right)) process.exitCode = 1;
