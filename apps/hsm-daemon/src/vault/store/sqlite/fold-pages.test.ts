import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EnrolledEntry, Entry, Purpose, RestoredEntry, VerdictEntry } from '@ramz/audit-log';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  commitAll,
  enrolled,
  hexId,
  NOW_MS,
  standingIn,
  verdict,
} from '../../../../../../test/harness/ledger-entries.ts';
import { foldEntry, foldRestored } from '../../domain/enrolment/fold-entry.ts';
import { placeOf, type Standing } from '../../domain/enrolment/standing.ts';
import { RowBroken } from '../store-errors.ts';
import { SqliteLedger } from './ledger.ts';
import type { FoldLimits } from './write-back.ts';

/** So small that a few verdicts write a page, and a few pages clear one. */
const LIMITS: FoldLimits = {
  pageRecords: 4,
  pageRecordsMax: 6,
  pagesAtOnce: 1,
  recordsAStanding: 2,
  recordsAlwaysAllowed: 10,
};
/** `npm run test:long` tries more. */
const RUNS = Number(process.env['RAMZ_FOLD_RUNS'] ?? 20);
const SUBJECTS = 12;
/** Starts at 1, because an id of zeros is invalid. */
const subjectOf = (n: number): string => hexId(n + 1);
const PURPOSES: readonly Purpose[] = ['first-pin', 'second-pin'];

interface Act {
  readonly kind: 'try' | 'tidy' | 'kill' | 'close' | 'restore';
  readonly subject: number;
  readonly purpose: Purpose;
  readonly reason: VerdictEntry['reason'];
  readonly size: number;
}

const acts = fc.array(
  fc.record<Act>({
    kind: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('try' as const) },
      { weight: 12, arbitrary: fc.constantFrom('tidy' as const) },
      { weight: 2, arbitrary: fc.constantFrom('kill' as const, 'close' as const) },
      { weight: 1, arbitrary: fc.constantFrom('restore' as const) },
    ),
    subject: fc.nat(SUBJECTS - 1),
    purpose: fc.constantFrom(...PURPOSES),
    reason: fc.constantFrom('accepted', 'wrong-code', 'locked-now', 'card-locked-now', 'used-code'),
    size: fc.integer({ min: 1, max: 6 }),
  }),
  { minLength: 30, maxLength: 90 },
);

/** The fold by its definition: every entry in order, and nothing forgotten. */
class Model {
  readonly standings = new Map<string, Standing>();
  size = 0;

  take(entries: readonly Entry[]): void {
    for (const entry of entries) this.#fold(entry, this.size++);
  }

  #fold(entry: Entry, index: number): void {
    for (let n = 0; n < SUBJECTS; n++) {
      for (const purpose of PURPOSES) {
        const place = placeOf(subjectOf(n), purpose);
        const after = this.#after(entry, this.standings.get(place), subjectOf(n), purpose, index);
        if (after !== undefined) this.standings.set(place, after);
      }
    }
  }

  #after(entry: Entry, before: Standing | undefined, subject: string, purpose: Purpose, index: number) {
    if (entry.kind === 'restored') return before && foldRestored(before, entry, index);
    if (entry.kind !== 'enrolled' && entry.kind !== 'verdict') return before;
    const isTouched = entry.purpose === purpose || (entry.kind === 'verdict' && entry.reason === 'card-locked-now');
    return entry.subject === subject && isTouched ? foldEntry(before, purpose, entry, index) : before;
  }
}

describe('the fold in pages', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ramz-fold-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('equals the fold of the log after any sequence of writes, clears, kills and restores', { timeout: 300_000 }, () =>
    fc.assert(
      fc.asyncProperty(acts, (all) => live(mkdtempSync(join(dir, 'life-')), all)),
      { numRuns: RUNS },
    ),
  );

  it.each([
    ['ends inside a record', (bytes: Buffer) => bytes.subarray(0, 60)],
    ['has lost a record', () => Buffer.alloc(0)],
    ['has a lower floor', (bytes: Buffer) => bytes.fill(0, 76, 84)],
    ['has a changed byte', (bytes: Buffer) => bytes.fill((bytes[50] ?? 0) ^ 1, 50, 51)],
  ])('reports a page that %s', async (_, damage: (bytes: Buffer) => Buffer) => {
    const path = join(dir, 'vault.db');
    const ledger = SqliteLedger.open(path, NOW_MS, LIMITS);
    await commitAll(ledger, [enrolled(1, { floor: 5 })]);
    await ledger.close();
    const db = new DatabaseSync(path);
    const page = db.prepare('SELECT standings FROM fold_page').get()?.['standings'] as Uint8Array;
    db.prepare('UPDATE fold_page SET standings = ?').run(damage(Buffer.from(page)));
    db.close();
    expect(() => SqliteLedger.open(path, NOW_MS, LIMITS)).toThrow(RowBroken);
    // Rebuilds it as docs/how-to/update-and-back-up.md describes.
    const again = new DatabaseSync(path);
    again.exec("DELETE FROM fold_page; UPDATE fact SET value = '0' WHERE name = 'folded_to'");
    again.close();
    const remade = SqliteLedger.open(path, NOW_MS, LIMITS);
    expect(standingIn(remade, 1)?.enrolments[0]?.floor).toBe(5);
    await remade.close();
  });
});

async function live(dir: string, all: readonly Act[]): Promise<void> {
  let path = join(dir, 'vault.db');
  let ledger = SqliteLedger.open(path, NOW_MS, LIMITS);
  const model = new Model();
  const commit = async (entries: readonly Entry[]) => {
    await commitAll(ledger, entries);
    model.take(entries);
  };
  await commit(
    Array.from({ length: SUBJECTS }, (_, n) =>
      PURPOSES.map((purpose): EnrolledEntry => enrolled(n + 1, { purpose })),
    ).flat(),
  );
  for (const [at, act] of all.entries()) {
    if (act.kind === 'try') await commit(triesOf(act, at));
    if (act.kind === 'tidy') await ledger.tidy();
    if (act.kind === 'restore') await commit([restoredAt(at)]);
    if (act.kind === 'close') {
      await ledger.close();
      ledger = SqliteLedger.open(path, NOW_MS, LIMITS);
    }
    if (act.kind === 'kill') {
      // A copy of the files is what a killed process leaves.
      const copy = mkdtempSync(join(dir, 'copy-'));
      for (const suffix of ['', '-wal']) cpSync(path + suffix, join(copy, `vault.db${suffix}`));
      await ledger.close();
      path = join(copy, 'vault.db');
      ledger = SqliteLedger.open(path, NOW_MS, LIMITS);
    }
    expectSame(ledger, model);
  }
  await ledger.close();
  const again = SqliteLedger.open(path, NOW_MS, LIMITS);
  expectSame(again, model);
  await again.close();
}

function triesOf({ subject, purpose, reason, size }: Act, at: number): VerdictEntry[] {
  return Array.from({ length: size }, (_, i) => {
    const n = 1 + ((subject + i) % SUBJECTS);
    return verdict(n, at * 10 + i, { purpose, reason, step: at * 10 + i });
  });
}

function restoredAt(at: number): RestoredEntry {
  return { kind: 'restored', atMs: NOW_MS, ceremony: hexId(9), epoch: 2, floors: { 'second-pin': at * 10 } };
}

function expectSame(ledger: SqliteLedger, model: Model): void {
  for (let n = 0; n < SUBJECTS; n++) {
    for (const purpose of PURPOSES) {
      expect(standingIn(ledger, n + 1, purpose)).toEqual(model.standings.get(placeOf(subjectOf(n), purpose)));
    }
  }
}
