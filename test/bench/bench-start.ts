// npm run bench:start: measures the time from start to operational, and the memory held then, with
// a million enrolments: once with the fold's pages, once after their loss, when the whole log is
// replayed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Lab } from '../harness/lab.ts';
import { benchNumbers } from './bench-numbers.ts';
import { ManyEnrolments } from './many-enrolments.ts';

const { enrolments: ENROLMENTS } = benchNumbers(
  'npm run bench:start -- [flags]: measures the time from start to operational, and the memory held then',
  { enrolments: { usual: 1_000_000, least: 1_000, what: 'cards in the store' } },
);

interface Row {
  readonly what: string;
  readonly start_s: number;
  readonly unseal_s: number;
  readonly vault_mib: number;
  readonly front_mib: number;
}

async function measure(lab: Lab, what: string): Promise<Row> {
  process.stderr.write(`${what} ...\n`);
  const beganMs = performance.now();
  await lab.startDaemon();
  const startedMs = performance.now();
  await lab.unseal();
  const unsealedMs = performance.now();
  const row = {
    what,
    start_s: (startedMs - beganMs) / 1_000,
    unseal_s: (unsealedMs - startedMs) / 1_000,
    vault_mib: residentMib(lab.vaultPid),
    front_mib: residentMib(lab.frontPid),
  };
  await lab.stopDaemon();
  return row;
}

function residentMib(pid: number): number {
  const [, kib = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1_024;
}

process.stderr.write(`writing ${ENROLMENTS} enrolments ...\n`);
await using lab = await Lab.start('real', 'sealed');
await lab.stopDaemon();
await ManyEnrolments.write(lab.dataDir, ENROLMENTS);
const withFold = await measure(lab, 'with the fold');
const db = new DatabaseSync(join(lab.dataDir, 'vault', 'vault.db'));
db.exec("DELETE FROM fold_page; UPDATE fact SET value = '0' WHERE name = 'folded_to'");
db.close();
const fromLog = await measure(lab, 'from the log alone');
process.stdout.write(`\n${ENROLMENTS} enrolments\n${''.padEnd(20)} start s  unseal s  vault MiB  front MiB\n`);
for (const { what, start_s: startSeconds, unseal_s: unsealSeconds, vault_mib: vaultMib, front_mib: frontMib } of [
  withFold,
  fromLog,
]) {
  const figures = [
    startSeconds.toFixed(2).padStart(7),
    unsealSeconds.toFixed(2).padStart(9),
    vaultMib.toFixed(0).padStart(10),
    frontMib.toFixed(0).padStart(10),
  ];
  process.stdout.write(`${what.padEnd(20)} ${figures.join(' ')}\n`);
}
process.stdout.write(
  `\n${JSON.stringify({ bench: 'start', enrolments: ENROLMENTS, with_fold: withFold, from_log: fromLog })}\n`,
);
