import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Bytes of one verdict's entry. */
const ENTRY_BYTES = 110;

/** Entries a second that a bare durable append loop writes: the store's own ceiling, with nothing around it. */
export function measureAppends(batch: number, seconds: number): number {
  const dir = mkdtempSync(join(tmpdir(), 'ramz-append-'));
  const db = new DatabaseSync(join(dir, 'log.db'));
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE log (first_index INTEGER PRIMARY KEY, count INTEGER, at_ms INTEGER, entries BLOB) STRICT');
  const append = db.prepare('INSERT INTO log VALUES (?, ?, ?, ?)');
  const bytes = new Uint8Array(ENTRY_BYTES * batch).fill(7);
  const until_ms = performance.now() + seconds * 1000;
  let entries = 0;
  while (performance.now() < until_ms) {
    db.exec('BEGIN IMMEDIATE');
    append.run(entries, batch, 0, bytes);
    db.exec('COMMIT');
    entries += batch;
  }
  db.close();
  rmSync(dir, { recursive: true });
  return entries / seconds;
}
