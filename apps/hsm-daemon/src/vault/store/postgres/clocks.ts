import type { OtherClock } from '../../domain/clock/compare-clocks.ts';
import type { Sessions } from './sessions.ts';

/** A daemon that said nothing for so long has stopped, or lost the database. */
const FRESH_MS = 60_000;
/** A reading that took longer says little. */
const READING_MS_MAX = 2_000;

interface Row {
  readonly server_ms: string;
  /** `log_id offset` of each other daemon. */
  readonly others: string;
}

/** This daemon's row is written, and the others' are read, in one statement: each holds its clock less the server's. */
const TEXT = `
WITH own AS (
  INSERT INTO clock SELECT $1, $2::bigint - now.ms, now.ms
  FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms) AS now
  ON CONFLICT (log_id) DO UPDATE SET offset_ms = excluded.offset_ms, server_ms = excluded.server_ms
)
SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS server_ms,
  (SELECT coalesce(string_agg(log_id || ' ' || offset_ms, ','), '') FROM clock
    WHERE log_id <> $1 AND server_ms > (extract(epoch FROM clock_timestamp()) * 1000)::bigint - ${FRESH_MS}) AS others`;

/** The clocks of all daemons on one database, each held against the server's. */
export class Clocks {
  readonly #sessions: Sessions;
  readonly #log_id: string;

  constructor(sessions: Sessions, log_id: string) {
    this.#sessions = sessions;
    this.#log_id = log_id;
  }

  async read(wall_ms: () => number): Promise<readonly OtherClock[]> {
    const sent_ms = wall_ms();
    const values = [this.#log_id, Math.round(sent_ms)];
    const [row] = await this.#sessions.query<Row>({ name: 'ramz-clocks', text: TEXT, values });
    const took_ms = Math.abs(wall_ms() - sent_ms);
    if (row === undefined || took_ms > READING_MS_MAX) return [];
    const offset_ms = sent_ms + took_ms / 2 - Number(row.server_ms);
    const others = row.others === '' ? [] : row.others.split(',');
    return [
      { whose: "the database's server", apart_ms: offset_ms, uncertain_ms: took_ms },
      ...others.map((other) => {
        const [log_id = '', theirs_ms = ''] = other.split(' ');
        // Theirs was read in the same way, and may be wrong as much.
        const uncertain_ms = took_ms + READING_MS_MAX;
        return {
          whose: `the daemon with the log ${log_id.slice(0, 16)}`,
          apart_ms: offset_ms - Number(theirs_ms),
          uncertain_ms,
        };
      }),
    ];
  }
}
