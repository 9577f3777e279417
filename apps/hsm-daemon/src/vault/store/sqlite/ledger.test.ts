import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  commitAll,
  enrolled,
  formerIn,
  hexId,
  NOW_MS,
  standingIn,
  verdict,
} from '../../../../../../test/harness/ledger-entries.ts';
import { Records } from '../records/records.ts';
import { LogBroken, StoreInUse, StoreUnavailable } from '../store-errors.ts';
import { FoldPages } from './fold-pages.ts';
import { SqliteLedger } from './ledger.ts';
import { StoreTooNew } from './schema.ts';

describe('the SQLite ledger by itself', () => {
  let dir: string;
  let path: string;
  const open = () => SqliteLedger.open(path, NOW_MS);

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ramz-ledger-'));
    path = join(dir, 'vault.db');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('restores the same fold whether the pages are behind, ahead of or level with the replay', async () => {
    const ledger = open();
    // Pages of one batch and of several, and one batch that no page holds yet.
    const places = 2_700;
    await commitAll(
      ledger,
      Array.from({ length: places }, (_, n) => enrolled(n + 1)),
    );
    await ledger.tidy();
    await commitAll(
      ledger,
      Array.from({ length: places }, (_, n) => verdict(n + 1, n + 10)),
    );
    await ledger.tidy();
    await commitAll(ledger, [verdict(1, 2), verdict(places, 3)]);
    const states = (from: SqliteLedger) => [1, 2, 500, 501, 1_001, places].map((n) => standingIn(from, n));
    const live = states(ledger);
    // No close: a copy of the files is what a killed process leaves.
    const replayed = SqliteLedger.open(copyOpenStore(dir, path), NOW_MS);
    expect(states(replayed)).toEqual(live);
    expect(live.map((state) => state?.wrongAtMs.length)).toEqual([2, 1, 1, 1, 1, 2]);
    await replayed.close();
    await ledger.close();
  });

  it('syncs every commit to the disk before it returns', async () => {
    const ledger = open();
    await ledger.close();
    // Applies the daemon's own settings to a second connection and reads them back. 2 is FULL.
    const statements: string[] = [];
    const exec = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (
      this: DatabaseSync,
      sql: string,
    ) {
      statements.push(sql);
      exec.mockRestore();
      this.exec(sql);
    });
    await open().close();
    const db = new DatabaseSync(path);
    db.exec(statements[0] ?? '');
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();
  });

  it('rejects a log that a standing is ahead of', async () => {
    const ledger = open();
    await commitAll(ledger, [enrolled(1), verdict(1, 1)]);
    await ledger.close();
    const db = new DatabaseSync(path);
    const page = db.prepare('SELECT standings FROM fold_page').get()?.['standings'] as Uint8Array;
    const ahead = Records.of({ ...new Records(Buffer.from(page)).standingAt(0), through: 2 }).bytes;
    db.prepare('UPDATE fold_page SET standings = ?, crc = ?').run(ahead, crc32(ahead));
    db.exec('DELETE FROM log');
    db.exec("UPDATE fact SET value = '0' WHERE name = 'folded_to'");
    db.close();
    expect(open).toThrow(LogBroken);
  });

  it.each(['append', 'drop'] as const)(
    'loses nothing when a page cannot be written (%s), and writes it when there is space again',
    async (fails) => {
      const limits = {
        pageRecords: 2,
        pageRecordsMax: 2,
        pagesAtOnce: 9,
        recordsAStanding: 0,
        recordsAlwaysAllowed: 3,
      };
      const ledger = SqliteLedger.open(path, NOW_MS, limits);
      await commitAll(
        ledger,
        Array.from({ length: 9 }, (_, n) => enrolled(n + 1)),
      );
      await ledger.tidy();
      // More records than standings: the next page replaces old ones.
      await commitAll(
        ledger,
        Array.from({ length: 4 }, (_, n) => verdict(n + 1, n + 1)),
      );
      const full = vi.spyOn(FoldPages.prototype, fails).mockImplementation(() => {
        throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
      });
      await expect(ledger.tidy()).rejects.toThrow(StoreUnavailable);
      await expect(ledger.activeEnrolments()).rejects.toThrow('its volume is full');
      full.mockRestore();
      const throughs = (of: SqliteLedger) => Array.from({ length: 9 }, (_, n) => standingIn(of, n + 1)?.through);
      await commitAll(ledger, [verdict(5, 99)]);
      await ledger.tidy();
      expect(await ledger.activeEnrolments()).toBe(9);
      const expected = Array.from({ length: 9 }, (_, n) => (n < 4 ? 9 + n : n)).with(4, 13);
      expect(throughs(ledger)).toEqual(expected);
      await ledger.close();
      const again = SqliteLedger.open(path, NOW_MS, limits);
      expect(throughs(again)).toEqual(expected);
      await again.close();
    },
  );

  it('opens a store of the former version with its locks, used codes and requests', async () => {
    const ledger = open();
    await commitAll(ledger, [enrolled(1), enrolled(2), enrolled(3)]);
    await commitAll(ledger, [
      verdict(1, 1, { reason: 'accepted', step: 29_000_000 }),
      verdict(2, 2, { reason: 'locked-now' }),
      verdict(3, 3),
    ]);
    const states = (of: SqliteLedger) => [1, 2, 3].map((n) => standingIn(of, n));
    const before = states(ledger);
    await ledger.close();
    const db = new DatabaseSync(path);
    // That version wrote lines of text, which this version does not read.
    db.exec(`DROP TABLE fold_page; DROP TABLE file; DROP TABLE number;
      CREATE TABLE fold_page (number INTEGER PRIMARY KEY, count INTEGER NOT NULL, standings TEXT NOT NULL) STRICT;
      INSERT INTO fold_page VALUES (1, 1, '${'a'.repeat(32)}/second-pin [1,0,1,0,0,[],[]]
');
      PRAGMA user_version = 6`);
    db.close();
    const again = open();
    expect(states(again)).toEqual(before);
    expect([again.place(hexId(1), 'second-pin').standing?.enrolments[0]?.floor, before[1]?.status]).toEqual([
      29_000_000,
      'locked',
    ]);
    expect(formerIn(again, 1)).toMatchObject({ logIndex: 3, reason: 'accepted' });
    await again.close();
  });

  it('reports to a second daemon that the store is in use', { timeout: 20_000 }, async () => {
    const ledger = open();
    expect(open).toThrow(StoreInUse);
    await ledger.close();
  });

  it('rejects a store of a newer version', async () => {
    await open().close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(open).toThrow(StoreTooNew);
  });

  it.each([
    ['a dropped batch', 'DELETE FROM log WHERE first_index = 1'],
    [
      'a lost first batch',
      "DELETE FROM log WHERE first_index = 0; UPDATE fact SET value = '0' WHERE name = 'folded_to'",
    ],
    ['a lost end', 'DELETE FROM log WHERE first_index = 2'],
    ['a shortened batch', 'UPDATE log SET entries = substr(entries, 1, length(entries) - 1) WHERE first_index = 1'],
    ['a batch with a missing entry', 'UPDATE log SET count = count + 1 WHERE first_index = 1'],
  ])('detects %s when the log is read', async (_, damage) => {
    const ledger = open();
    await commitAll(ledger, [enrolled(1)]);
    await commitAll(ledger, [verdict(1, 1)]);
    await commitAll(ledger, [verdict(1, 2)]);
    await ledger.close();
    const db = new DatabaseSync(path);
    db.exec(damage);
    db.close();
    expect(open).toThrow(LogBroken);
  });
});

function copyOpenStore(dir: string, path: string): string {
  const copy = mkdtempSync(join(dir, 'copy-'));
  for (const suffix of ['', '-wal']) cpSync(path + suffix, join(copy, `vault.db${suffix}`));
  return join(copy, 'vault.db');
}
