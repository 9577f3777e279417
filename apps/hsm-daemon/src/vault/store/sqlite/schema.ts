import type { DatabaseSync } from 'node:sqlite';

// Each migration runs once, in order, in a transaction of its own; none is ever edited.
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
  CREATE TABLE enrolment (
    place TEXT PRIMARY KEY,
    through INTEGER NOT NULL,
    state TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE keyring (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    kcv TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (name, version)
  ) STRICT;

  -- folded_to: every entry before this index is in the enrolment table.
  CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  INSERT INTO fact VALUES ('folded_to', '0');
  `,
];

/** The store was written by a newer version: opening it could lose what this one does not know. */
export class StoreTooNew extends Error {
  constructor(version: number) {
    super(`the store has version ${version}, this daemon knows ${MIGRATIONS.length}: install the newer daemon`);
    this.name = 'StoreTooNew';
  }
}

/** @throws StoreTooNew */
export function migrate(db: DatabaseSync): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > MIGRATIONS.length) throw new StoreTooNew(version);
  MIGRATIONS.slice(version).forEach((migration, i) => {
    db.exec(`BEGIN IMMEDIATE; ${migration}; PRAGMA user_version = ${version + i + 1}; COMMIT`);
  });
}
