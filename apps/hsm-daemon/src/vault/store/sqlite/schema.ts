import type { DatabaseSync } from 'node:sqlite';

// Each migration runs once, in order, in its own transaction. The SQL of none is ever edited.
const MIGRATIONS = [
  `
  -- One row a batch: that is what makes an append cost a microsecond. entries: (length u16 | bytes)*
  CREATE TABLE log (
    first_index INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    entries BLOB NOT NULL
  ) STRICT;

  -- The fold of the log up to each row's through, written behind the traffic.
  CREATE TABLE standing (
    place TEXT PRIMARY KEY,
    through INTEGER NOT NULL,
    state TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- The audit tree (RFC 6962) in tiles of 256 hashes: level 0 holds the hashes of the entries, level 1 the
  -- roots of the tiles of level 0, and so on. Only full tiles are here; the rest follows from the log.
  CREATE TABLE tile (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (level, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;

  -- Where in the log each ceremony stands.
  CREATE TABLE ceremony (log_index INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT;
  CREATE INDEX ceremony_by_id ON ceremony (id, log_index);

  -- Entries that someone should look at.
  CREATE TABLE event (log_index INTEGER PRIMARY KEY, kind TEXT NOT NULL) STRICT;

  -- folded_to: every entry before this index is in the fold's table.
  CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  INSERT INTO fact VALUES ('folded_to', '0');
  `,
  `
  -- The fold in pages that are only appended and dropped (ADR 0018): a line a standing, 'place state', as it was when
  -- the page was written. A standing may be in several; the last one counts. The log makes the fold again.
  CREATE TABLE fold_page (number INTEGER PRIMARY KEY, count INTEGER NOT NULL, standings TEXT NOT NULL) STRICT;
  DROP TABLE standing;
  UPDATE fact SET value = '0' WHERE name = 'folded_to';
  `,
  `
  -- The same pages, of records of bytes (ADR 0045), each with the CRC-32 of its bytes. The log makes the fold again.
  DROP TABLE fold_page;
  CREATE TABLE fold_page (
    number INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    crc INTEGER NOT NULL,
    standings BLOB NOT NULL
  ) STRICT;
  UPDATE fact SET value = '0' WHERE name = 'folded_to';
  `,
  `
  -- What is kept of a card or customer, and how often subjects were added under a mobile number.
  -- Both are written with the log and follow from it.
  CREATE TABLE file (subject TEXT PRIMARY KEY, issued_under TEXT, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX file_by_number ON file (issued_under) WHERE issued_under IS NOT NULL;
  CREATE TABLE number (hash TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
];

/** Earlier versions were pre-releases with other log formats. */
const FIRST_VERSION = 5;

/** Reports a store that a pre-release wrote. */
export class StoreTooOld extends Error {
  constructor() {
    super('a pre-release wrote the store, and this daemon cannot read its log: move the data directory away');
    this.name = 'StoreTooOld';
  }
}

/** Reports a store of a newer version. Opening it could lose data unknown to this version. */
export class StoreTooNew extends Error {
  constructor(version: number) {
    super(
      `the store has version ${version}, this daemon knows ${MIGRATIONS.length + FIRST_VERSION - 1}: install the newer daemon`,
    );
    this.name = 'StoreTooNew';
  }
}

/** @throws StoreTooNew, StoreTooOld */
export function migrate(db: DatabaseSync): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > MIGRATIONS.length + FIRST_VERSION - 1) throw new StoreTooNew(version);
  if (version > 0 && version < FIRST_VERSION) throw new StoreTooOld();
  const done = version === 0 ? 0 : version - FIRST_VERSION + 1;
  MIGRATIONS.slice(done).forEach((migration, i) => {
    db.exec(`BEGIN IMMEDIATE; ${migration}; PRAGMA user_version = ${done + i + FIRST_VERSION}; COMMIT`);
  });
}
