// Exports, verifies, proves and witnesses the log. Every way of changing it is found and named.
import { randomUUID } from 'node:crypto';
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryLine } from '../../libs/audit-log/src/audit/export-format.ts';
import { exportLog } from '../../libs/audit-log/src/audit/export-log.ts';
import { proveEntry } from '../../libs/audit-log/src/audit/prove-entry.ts';
import { verifyExport } from '../../libs/audit-log/src/audit/verify-export.ts';
import { witness } from '../../libs/audit-log/src/audit/witness.ts';
import { leafHash } from '../../libs/audit-log/src/tree/merkle-tree.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { timeVerify } from './verify-million.ts';

const quiet = () => {};
let lab: Lab;
let whole: string;
let key: string;
beforeAll(async () => {
  lab = await Lab.start();
  const token = await KnownToken.enrol(
    lab.client('enrolment-office'),
    cardNumber(1),
    await RecipientKeys.make(),
    'PURPOSE_SECOND_PIN',
  );
  const bank = lab.client('internet-bank');
  for (let i = 0; i < 700; i += 100)
    await bank.verifyBatch(Array.from({ length: 100 }, () => token.request(token.wrongCode(), randomUUID())));
  await witness(lab.client('auditor'), inLab('witness'));
  for (let i = 0; i < 3; i++) await bank.verify(token.request(token.wrongCode(), randomUUID()));
  await exportLog(lab.client('auditor'), inLab('whole'), quiet);
  await witness(lab.client('auditor'), inLab('witness'));
  whole = readFileSync(inLab('whole'), 'utf8');
  key = (await lab.client('auditor').checkpoint()).publicKey.toString('hex');
});
afterAll(() => lab[Symbol.asyncDispose]());
const inLab = (name: string) => join(lab.dataDir, name);

/** Checks a changed export like an auditor with the key and a witness. */
async function check(
  lines: readonly string[],
  known: { key?: string; witness?: string } = { key, witness: inLab('witness') },
) {
  writeFileSync(inLab('changed'), `${lines.join('\n')}\n`);
  return verifyExport(inLab('changed'), known, quiet);
}
const lines = () => whole.trimEnd().split('\n');
/** Returns the line of entry n: two header lines come first, and checkpoints in between. */
const at = (n: number) => lines().findIndex((line) => line.startsWith(`e ${n} `));
/** Changes a byte of an entry, and its hash to match: only a signature can show the change. */
function forged(line: string): string {
  const [, index = '', , base64 = ''] = line.split(' ');
  const entry = Buffer.from(base64, 'base64');
  entry[3] = (entry[3] ?? 0) ^ 1;
  return entryLine(Number(index), leafHash(entry), entry).trimEnd();
}

describe('an export', () => {
  it('is valid when unchanged, with and without a witness', async () => {
    expect((await check(lines())).fault).toBeUndefined();
    expect((await check(lines(), {})).entries).toBeGreaterThan(700);
    expect((await check(lines())).checkpoints).toBeGreaterThan(1);
  });

  it.each([
    [
      'a flipped byte',
      () => lines().with(at(57), (lines()[at(57)] ?? '').replace(/.{4}$/, 'AAAA')),
      /^entry 57 is not what its hash says/,
    ],
    [
      'a forged entry',
      () => lines().with(at(57), forged(lines()[at(57)] ?? '')),
      /the first bad entry is one of 0 to \d+: these are not the entries that were signed$/,
    ],
    ['a dropped entry', () => lines().toSpliced(at(57), 1), /^entry 57 is missing or out of place: 58 stands there/],
    [
      'two swapped entries',
      () =>
        lines()
          .with(at(57), lines()[at(58)] ?? '')
          .with(at(58), lines()[at(57)] ?? ''),
      /^entry 57 is missing or out of place/,
    ],
    [
      'an inserted entry',
      () => lines().toSpliced(at(57), 0, lines()[at(56)] ?? ''),
      /^entry 57 is missing or out of place: 56 stands there/,
    ],
    [
      'an end cut off after the checkpoint',
      () => lines().slice(0, at(600)),
      /no signed checkpoint covers|the end was cut off/,
    ],
    [
      'an end cut off at a checkpoint',
      () => lines().slice(0, lines().findIndex((line) => line.startsWith('c ')) + 1),
      /the end was cut off, the witness has seen \d+ entries/,
    ],
    ['no entries', () => lines().slice(0, 2), /is missing/],
    ['another key', () => lines().with(1, `key ${'ab'.repeat(32)}`), /another audit key/],
    [
      'a forged checkpoint',
      () => lines().map((line) => (line.startsWith('c ') ? `${line.slice(0, -8)}AAAAAAA=` : line)),
      /signature of the checkpoint|malformed/,
    ],
    ['a line of something else', () => lines().toSpliced(at(9), 0, 'x'), /^entry 9: line 12 of the export is neither/],
  ])('with %s is rejected', async (_, changed, what) => {
    expect((await check(changed())).fault).toMatch(what);
  });
});

describe('a file that is not an export', () => {
  it.each([
    ['another file', ['hello']],
    ['an empty file', ['']],
  ])('is rejected: %s', async (_, changed) => {
    await expect(check(changed)).rejects.toThrow('not an export of a Ramz audit log');
  });
});

describe('proofs and witnesses', () => {
  it('prove an entry of the log, and no other', async () => {
    expect((await proveEntry(lab.client('auditor'), 5)).value).toMatchObject({ proved: true });
    await expect(proveEntry(lab.client('auditor'), 10_000_000)).rejects.toThrow('there is no entry');
    await expect(lab.client('auditor').inclusionProof(5, 10_000_000)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });

  it('raise an alarm when another log takes the place of the first', async () => {
    copyFileSync(inLab('witness'), inLab('witness-2'));
    expect((await witness(lab.client('auditor'), inLab('witness-2'))).alarm).toBeUndefined();
    // The log of a second lab, with its own key.
    await using other = await Lab.startWithOwnKeys();
    expect((await witness(other.client('auditor'), inLab('witness-2'))).alarm).toMatch(
      /signature of the checkpoint|another log/,
    );
  });

  it('raise an alarm when the log continues from a fork', async () => {
    await using fork = await Lab.start();
    const auditor = () => fork.client('auditor');
    await fork.stopDaemon();
    for (const name of ['vault', 'anchor']) copyAll(join(fork.dataDir, name), join(fork.dataDir, `${name}.copy`));
    const live = async (tests: number) => {
      await fork.startDaemon();
      await fork.unseal();
      for (let i = 0; i < tests; i++) await fork.client('operator').selfTests();
      return witness(auditor(), join(fork.dataDir, 'witness'));
    };
    expect((await live(1)).alarm).toBeUndefined();
    await fork.stopDaemon();
    // Store and anchor are both restored: only an outside witness can notice.
    for (const name of ['vault', 'anchor']) copyAll(join(fork.dataDir, `${name}.copy`), join(fork.dataDir, name));
    expect((await live(3)).alarm).toMatch(/a fork/);
  });
});

function copyAll(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

it('checks a hundred thousand entries with little memory (npm run bench:audit times a million)', async () => {
  const { fault, grownMib } = await timeVerify(100_000);
  expect(fault).toBeUndefined();
  expect(grownMib).toBeLessThan(150);
});
