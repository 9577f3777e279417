import { toBinaryRows } from './binary-rows.ts';
import { POSTGRES } from './dialect.ts';
import type { Session } from './sessions.ts';

// Each migration runs once, in order, all in one transaction. The SQL of none is edited after its
// release. All tables are in the first schema of the role's search path. Indexed text is compared
// byte by byte: a language's collation changes with the server's C library, and an index in the
// former order loses rows and has some twice.
const MIGRATIONS: readonly (string | ((session: Session) => Promise<void>))[] = [
  `
  -- One row a batch, and one log for each daemon. entries: (length u16 | bytes)*
  CREATE TABLE log (
    log_id TEXT COLLATE "C" NOT NULL,
    first_index BIGINT NOT NULL,
    count INTEGER NOT NULL,
    at_ms BIGINT NOT NULL,
    entries BYTEA NOT NULL,
    PRIMARY KEY (log_id, first_index)
  );

  -- How subjects stand, for all daemons. A change names the version that it was decided on.
  CREATE TABLE standing (
    place TEXT COLLATE "C" PRIMARY KEY,
    version BIGINT NOT NULL,
    state TEXT NOT NULL
  ) WITH (fillfactor = 70);

  -- Requests of the last day: a repetition gets the first verdict, whichever daemon gave it.
  CREATE TABLE request (
    request_key TEXT COLLATE "C" PRIMARY KEY,
    request_digest TEXT NOT NULL,
    reason TEXT NOT NULL,
    log_index BIGINT NOT NULL,
    at_ms BIGINT NOT NULL
  );
  CREATE INDEX request_by_age ON request (at_ms);

  -- The audit trees (RFC 6962) in tiles of 256 hashes.
  CREATE TABLE tile (
    log_id TEXT COLLATE "C" NOT NULL,
    level INTEGER NOT NULL,
    number BIGINT NOT NULL,
    hashes BYTEA NOT NULL,
    PRIMARY KEY (log_id, level, number)
  );

  CREATE TABLE checkpoint (
    log_id TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (log_id, size)
  );

  -- Where in its log each ceremony stands, and each entry that someone should look at.
  CREATE TABLE ceremony (
    log_id TEXT COLLATE "C" NOT NULL,
    log_index BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (log_id, log_index)
  );
  CREATE INDEX ceremony_by_id ON ceremony (log_id, id, log_index);
  CREATE TABLE event (
    log_id TEXT COLLATE "C" NOT NULL,
    log_index BIGINT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (log_id, log_index)
  );

  -- Active enrolments that each daemon has added, less those it has taken away.
  CREATE TABLE tally (log_id TEXT COLLATE "C" PRIMARY KEY, active BIGINT NOT NULL);

  -- What ceremonies leave, for all daemons: one row.
  CREATE TABLE keys (id INTEGER PRIMARY KEY, version BIGINT NOT NULL, value TEXT NOT NULL);
  INSERT INTO keys VALUES (1, 0, '');
  `,
  `
  -- What is written for a subject without a standing, in the time of one that has one: it is never read.
  CREATE TABLE decoy (
    place TEXT COLLATE "C" PRIMARY KEY,
    version BIGINT NOT NULL,
    state TEXT NOT NULL
  ) WITH (fillfactor = 70);
  `,
  `
  -- How far each daemon's clock stands from the server's, and when that was.
  CREATE TABLE clock (log_id TEXT COLLATE "C" PRIMARY KEY, offset_ms BIGINT NOT NULL, server_ms BIGINT NOT NULL);
  `,
  toBinaryRows,
  `
  -- What is kept of a card or customer, and how often subjects were added under a mobile number.
  CREATE TABLE file (subject UUID PRIMARY KEY, version BIGINT NOT NULL, issued_under UUID, state TEXT NOT NULL);
  CREATE INDEX file_by_number ON file (issued_under) WHERE issued_under IS NOT NULL;
  CREATE TABLE number (hash UUID PRIMARY KEY, version BIGINT NOT NULL);
  `,
];

/** Reports a database of a newer version. Using it could lose data unknown to this version. */
export class DatabaseTooNew extends Error {
  constructor(version: number) {
    super(`the database has version ${version}, this daemon knows ${MIGRATIONS.length}: install the newer daemon`);
    this.name = 'DatabaseTooNew';
  }
}

/** @throws DatabaseTooNew */
export async function migrate(session: Session): Promise<void> {
  await session.query({ text: 'BEGIN' });
  await session.query(POSTGRES.lockMigrations);
  const version = await versionOf(session);
  if (version > MIGRATIONS.length) throw new DatabaseTooNew(version);
  for (const [i, migration] of MIGRATIONS.entries()) {
    if (i < version) continue;
    if (typeof migration === 'string') await session.query({ text: migration });
    else await migration(session);
    await session.query({ text: `INSERT INTO ramz_schema VALUES (${i + 1})` });
  }
  await session.query({ text: 'COMMIT' });
}

/** Returns 0 for a database without tables. Once there are some, the role need not create any. */
async function versionOf(session: Session): Promise<number> {
  const [there] = await session.query<{ is_there: boolean }>({
    text: "SELECT to_regclass('ramz_schema') IS NOT NULL AS is_there",
  });
  if (there?.is_there !== true) await session.query({ text: 'CREATE TABLE ramz_schema (version INTEGER NOT NULL)' });
  const [row] = await session.query<{ version: number | null }>({
    text: 'SELECT max(version) AS version FROM ramz_schema',
  });
  return row?.version ?? 0;
}
