import type { RestoredEntry } from '@ramz/audit-log';
import { foldRestored } from '../../domain/enrolment/fold-entry.ts';
import { subjectAt } from '../../domain/enrolment/standing.ts';
import { readStanding, writeStanding } from '../standing-text.ts';
import type { Session } from './sessions.ts';

/** Standings that a restore rewrites at a time: a few MB of text. */
const PAGE = 5_000;
const READ = 'SELECT place, state FROM standing WHERE place > $1 ORDER BY place LIMIT $2';
const WRITE =
  'UPDATE standing AS s SET version = s.version + 1, state = c.state ' +
  'FROM unnest($1::text[], $2::text[]) AS c(place, state) WHERE s.place = c.place';

/** Folds a restore into every standing there is, page by page: within a transaction that locks out all other writers. */
export async function restoreStandings(session: Session, entry: RestoredEntry, logIndex: number): Promise<void> {
  await session.query({ text: 'LOCK TABLE standing IN EXCLUSIVE MODE' });
  for (let last = ''; ; ) {
    const rows = await session.query<{ place: string; state: string }>({ text: READ, values: [last, PAGE] });
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.place;
    const states = rows.map(({ place, state }) => {
      const { subject, purpose } = subjectAt(place);
      return writeStanding(foldRestored(readStanding(subject, purpose, state), entry, logIndex));
    });
    await session.query({ text: WRITE, values: [rows.map(({ place }) => place), states] });
  }
}
