import { PURPOSES, type Purpose, type RestoredEntry } from '@ramz/audit-log';
import { foldRestored } from '../../domain/enrolment/fold-entry.ts';
import { int2Array, recordArray, uuidArray } from './binary-arrays.ts';
import { POSTGRES } from './dialect.ts';
import { standingOf } from './load-rows.ts';
import type { Session } from './sessions.ts';

/** Number of standings that a restore rewrites at a time: a few MB. */
const PAGE = 5_000;
const READ = `SELECT replace(subject::text, '-', '') AS subject, purpose, version, state FROM standing
  WHERE (subject, purpose) > ($1::uuid, $2::smallint) ORDER BY subject, purpose LIMIT $3`;
const WRITE =
  'UPDATE standing AS s SET version = s.version + 1, state = c.state ' +
  'FROM unnest($1::uuid[], $2::smallint[], $3::bytea[]) AS c(subject, purpose, state) ' +
  'WHERE s.subject = c.subject AND s.purpose = c.purpose';

interface StandingRow {
  readonly subject: string;
  readonly purpose: number;
  readonly version: string;
  readonly state: Buffer;
}

/** Sorts before every row. */
const FIRST: Pick<StandingRow, 'subject' | 'purpose'> = { subject: '0'.repeat(32), purpose: -1 };

/**
 * Folds a restore into every standing, page by page, in a transaction that locks out all other
 * writers. An unreadable row stops it: put back later from a backup, that row would have a floor
 * from before the restore.
 * @throws RowBroken
 */
export async function restoreStandings(session: Session, entry: RestoredEntry, logIndex: number): Promise<void> {
  await session.query(POSTGRES.lockStandings);
  for (let last = FIRST; ; ) {
    const rows = await session.query<StandingRow>({ text: READ, values: [last.subject, last.purpose, PAGE] });
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
    const standings = rows.map(({ subject, purpose, version, state }) => {
      const name = { subject, purpose: PURPOSES[purpose] as Purpose, version: Number(version) };
      return foldRestored(standingOf(name, state), entry, logIndex);
    });
    const values = [
      uuidArray(rows.map(({ subject }) => subject)),
      int2Array(rows.map(({ purpose }) => purpose)),
      recordArray(standings),
    ];
    await session.query({ text: WRITE, values });
  }
}
