// The fourth version of the schema: ids as uuids, states as bytes, words as their numbers. Tables
// that may have millions of rows are converted in parts: a single statement would exceed its
// timeout.
import { PURPOSES, VERDICT_REASONS } from '@ramz/audit-log';
import { type StandingName, subjectAt } from '../../domain/enrolment/standing.ts';
import { byteaArray, int2Array, int8Array, uuidArray } from './binary-arrays.ts';
import { recordOfText } from './former-standings.ts';
import type { Session, SqlStatement } from './sessions.ts';

const PAGE = 5_000;

const BEFORE = `
ALTER TABLE standing RENAME TO former_standing;
ALTER TABLE request RENAME TO former_request;
DROP INDEX request_by_age;
DROP TABLE decoy;

-- How subjects stand, for all daemons: records (store/records/layout.ts). A change names the version that it was decided on.
CREATE TABLE standing (
  subject UUID NOT NULL,
  purpose SMALLINT NOT NULL,
  version BIGINT NOT NULL,
  state BYTEA NOT NULL,
  PRIMARY KEY (subject, purpose)
) WITH (fillfactor = 70);

-- Requests of the last day: a repetition gets the first verdict, whichever daemon gave it. They come in the order of their
-- age, and by it they are forgotten: an index of blocks costs nothing to keep.
CREATE TABLE request (
  request_key UUID PRIMARY KEY,
  request_digest UUID NOT NULL,
  reason SMALLINT NOT NULL,
  log_index BIGINT NOT NULL,
  at_ms BIGINT NOT NULL
);
CREATE INDEX request_by_age ON request USING brin (at_ms);

-- What is written for a subject without a standing, in the time of one that has one. It is never read. Its number comes first in
-- the key: by the log alone, which is all of a table, a server that has vacuumed it and not analyzed it would look a row up.
CREATE TABLE decoy (
  log_id UUID NOT NULL,
  number SMALLINT NOT NULL,
  version BIGINT NOT NULL,
  state BYTEA NOT NULL,
  PRIMARY KEY (number, log_id)
) WITH (fillfactor = 70)`;

const AFTER = 'DROP TABLE former_standing; DROP TABLE former_request';

/**
 * Migrates inside the transaction of the migrations.
 * @throws StoreUnavailable
 */
export async function toBinaryRows(session: Session): Promise<void> {
  await session.query({ text: BEFORE });
  await takeStandings(session);
  await takeRequests(session);
  await session.query({ text: AFTER });
}

interface FormerStanding {
  readonly place: string;
  readonly version: string;
  readonly state: string;
}

async function takeStandings(session: Session): Promise<void> {
  const read = 'SELECT place, version, state FROM former_standing WHERE place > $1 ORDER BY place LIMIT $2';
  const write = `INSERT INTO standing SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bytea[])`;
  for (let last = ''; ; ) {
    const rows = await session.query<FormerStanding>({ text: read, values: [last, PAGE] });
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.place;
    const named = rows.map((row) => ({ ...row, ...subjectAt(row.place) })).filter(isName);
    const values = [
      uuidArray(named.map(({ subject }) => subject)),
      int2Array(named.map(({ purpose }) => PURPOSES.indexOf(purpose))),
      int8Array(named.map(({ version }) => soundVersion(Number(version)))),
      byteaArray(named.map(({ subject, purpose, state }) => recordOfText(subject, purpose, state))),
    ];
    await session.query({ text: write, values });
  }
}

/** Whether a row belongs to a card. No call could reach a row with another name before, either. */
function isName({ subject, purpose }: StandingName): boolean {
  return /^[0-9a-f]{32}$/.test(subject) && PURPOSES.includes(purpose);
}

/** Returns 0 for a version that no daemon writes: a call for that row is rejected (`load-rows`). */
function soundVersion(version: number): number {
  return Number.isSafeInteger(version) && version >= 1 ? version : 0;
}

async function takeRequests(session: Session): Promise<void> {
  const text = `WITH page AS (
      SELECT * FROM former_request WHERE request_key > $1 ORDER BY request_key LIMIT $2
    ), taken AS (
      INSERT INTO request
      SELECT request_key::uuid, request_digest::uuid, coalesce(array_position($3::text[], reason) - 1, -1), log_index, at_ms
      FROM page WHERE request_key ~ $4 AND request_digest ~ $4
    )
    SELECT max(request_key) AS last FROM page`;
  for (let last: string | null = ''; last !== null; ) {
    const values: SqlStatement['values'] = [last, PAGE, VERDICT_REASONS, '^[0-9a-f]{32}$'];
    const [page]: { last: string | null }[] = await session.query({ text, values });
    last = page?.last ?? null;
  }
}
