import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EnrolledEntry, Entry, VerdictEntry } from '../../domain/audit/entry.ts';
import { LogBroken } from '../log-broken.ts';
import { SqliteLedger, StoreInUse } from './ledger.ts';
import { StoreTooNew } from './schema.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
const id = (n: number) => n.toString(16).padStart(32, '0');

const enrolled = (n: number): EnrolledEntry => ({
  kind: 'enrolled',
  at_ms: NOW_MS,
  caller: 'office',
  subject: id(n),
  purpose: 'second-pin',
  enrolment_id: id(n + 1000),
  voids: '',
  generation: 1,
  epoch: 1,
  token_serial: 'T',
  floor: 0,
});

const verdict = (n: number, request: number, change: Partial<VerdictEntry> = {}): VerdictEntry => ({
  kind: 'verdict',
  at_ms: NOW_MS,
  caller: 'bank',
  channel: 'pos',
  subject: id(n),
  purpose: 'second-pin',
  enrolment_id: id(n + 1000),
  reason: 'wrong-code',
  step: 0,
  request_key: Buffer.alloc(16, request).toString('hex'),
  request_digest: id(7),
  ...change,
});

describe('the SQLite ledger', () => {
  let dir: string;
  let path: string;
  const open = () => SqliteLedger.open(path, NOW_MS);

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ramz-ledger-'));
    path = join(dir, 'vault.db');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('shows after a commit what the entries made, and the same after it was closed and opened', () => {
    const entries: Entry[] = [
      enrolled(1),
      verdict(1, 1),
      verdict(1, 2, { reason: 'accepted', step: 9 }),
      verdict(1, 3),
    ];
    const ledger = open();
    ledger.commit(entries, NOW_MS);
    const live = ledger.enrolment(id(1), 'second-pin');
    expect(live).toMatchObject({
      floor: 9,
      wrong_at_ms: [NOW_MS, NOW_MS],
      wrong_since_accepted: 1,
      through: 3,
      status: 'active',
    });
    ledger.close();
    const again = open();
    expect(again.enrolment(id(1), 'second-pin')).toEqual(live);
    expect([...again.entries(0)]).toEqual(entries);
    expect([again.log_size, again.active_enrolments]).toEqual([4, 1]);
    again.close();
  });

  it('the fold is the same whether the table was behind, ahead of or level with the replay', () => {
    const ledger = open();
    // More enrolments than are left unwritten, so that some are written back and others not.
    const places = 20_700;
    ledger.commit(
      Array.from({ length: places }, (_, n) => enrolled(n + 1)),
      NOW_MS,
    );
    ledger.writeBackSome();
    ledger.commit(
      Array.from({ length: places }, (_, n) => verdict(n + 1, 1)),
      NOW_MS,
    );
    ledger.writeBackSome();
    ledger.commit([verdict(1, 2), verdict(places, 3)], NOW_MS);
    const states = (from: SqliteLedger) =>
      [1, 2, 500, 501, 1_001, places].map((n) => from.enrolment(id(n), 'second-pin'));
    const live = states(ledger);
    // No close: a copy of the files is what a killed process leaves.
    const replayed = SqliteLedger.open(copyOpenStore(dir, path), NOW_MS);
    expect(states(replayed)).toEqual(live);
    expect(live.map((state) => state?.wrong_at_ms.length)).toEqual([2, 1, 1, 1, 1, 2]);
    replayed.close();
    ledger.close();
  });

  it('finds a former verdict by its request key, in this life and in the next, for a day', () => {
    const ledger = open();
    ledger.commit([enrolled(1), verdict(1, 1), verdict(1, 2)], NOW_MS);
    expect(ledger.formerVerdict(verdict(1, 2).request_key)?.log_index).toBe(2);
    expect(ledger.formerVerdict(verdict(1, 9).request_key)).toBeUndefined();
    ledger.close();
    const again = open();
    expect(again.formerVerdict(verdict(1, 1).request_key)).toMatchObject({ log_index: 1, entry: { caller: 'bank' } });
    again.close();
  });

  it('a batch that can not be written leaves nothing behind', () => {
    const ledger = open();
    ledger.commit([enrolled(1)], NOW_MS);
    const unwritable = { ...verdict(1, 1), caller: 'x'.repeat(300) };
    expect(() => ledger.commit([verdict(1, 1), unwritable], NOW_MS)).toThrow(RangeError);
    expect([ledger.log_size, ledger.enrolment(id(1), 'second-pin')?.wrong_at_ms]).toEqual([1, []]);
    ledger.commit([verdict(1, 1)], NOW_MS);
    expect([...ledger.entries(0)]).toEqual([enrolled(1), verdict(1, 1)]);
    ledger.close();
  });

  it('a commit is on the disk when it returns: every one is synced', () => {
    const ledger = open();
    ledger.close();
    // The daemon's own settings, read back from a connection that makes them: 2 is FULL.
    const statements: string[] = [];
    const exec = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (
      this: DatabaseSync,
      sql: string,
    ) {
      statements.push(sql);
      exec.mockRestore();
      this.exec(sql);
    });
    open().close();
    const db = new DatabaseSync(path);
    db.exec(statements[0] ?? '');
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();
  });

  it('an entry that a state is already ahead of is never taken in silently', () => {
    const ledger = open();
    ledger.commit([enrolled(1), verdict(1, 1)], NOW_MS);
    ledger.close();
    const db = new DatabaseSync(path);
    db.exec("UPDATE enrolment SET state = json_set(state, '$.through', 1)");
    db.exec('DELETE FROM log');
    db.exec("UPDATE fact SET value = '0' WHERE name = 'folded_to'");
    db.close();
    expect(open).toThrow(LogBroken);
  });

  it('a request id is found again after a restart although the clock stood back in between', () => {
    const ledger = open();
    ledger.commit([enrolled(1), verdict(1, 1)], NOW_MS);
    ledger.commit([verdict(1, 2, { at_ms: NOW_MS - 48 * 3600 * 1000 })], NOW_MS - 48 * 3600 * 1000);
    ledger.close();
    const again = open();
    expect(again.formerVerdict(verdict(1, 1).request_key)?.log_index).toBe(1);
    again.close();
  });

  it('a second daemon is told who has the store', { timeout: 20_000 }, () => {
    const ledger = open();
    expect(open).toThrow(StoreInUse);
    ledger.close();
  });

  it('a store of a newer version is refused', () => {
    open().close();
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
    ['a batch with an entry less', 'UPDATE log SET count = count + 1 WHERE first_index = 1'],
  ])('%s is found when the log is read', (_, damage) => {
    const ledger = open();
    ledger.commit([enrolled(1)], NOW_MS);
    ledger.commit([verdict(1, 1)], NOW_MS);
    ledger.commit([verdict(1, 2)], NOW_MS);
    ledger.close();
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
