import type { OtherClock } from '../../domain/clock/compare-clocks.ts';
import type { Sessions } from './sessions.ts';

/** A daemon that said nothing for so long has stopped, or lost the database. */
const FRESH_MS = 60_000;
/** A reading that took longer says little. */
const READING_MS_MAX = 1_000;

const SERVER_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
const READ = `SELECT ${SERVER_MS} AS server_ms`;
/** This daemon's row is written, and the others' are read, in one statement: each holds its clock less the server's. */
const SHARE = `
WITH own AS (
  INSERT INTO clock VALUES ($1, $2, ${SERVER_MS})
  ON CONFLICT (log_id) DO UPDATE SET offset_ms = excluded.offset_ms, server_ms = excluded.server_ms
)
SELECT log_id, offset_ms FROM clock WHERE log_id <> $1 AND server_ms > ${SERVER_MS} - ${FRESH_MS}`;

/** The clocks of all daemons on one database, each held against the server's. */
export class Clocks {
  readonly #sessions: Sessions;
  readonly #log_id: string;

  constructor(sessions: Sessions, log_id: string) {
    this.#sessions = sessions;
    this.#log_id = log_id;
  }

  /** @param isBelieved whether ours fits the server's: one that does not is not shown to the others, whom it would stop */
  async read(wall_ms: () => number, isBelieved: (server: OtherClock) => boolean): Promise<readonly OtherClock[]> {
    const sent_ms = wall_ms();
    const [row] = await this.#sessions.query<{ server_ms: string }>({ name: 'ramz-server-clock', text: READ });
    const took_ms = Math.abs(wall_ms() - sent_ms);
    if (row === undefined || took_ms > READING_MS_MAX) return [];
    const apart_ms = Math.round(sent_ms + took_ms / 2 - Number(row.server_ms));
    const server = { whose: "the database's server", is_server: true, apart_ms, uncertain_ms: took_ms };
    return isBelieved(server) ? [server, ...(await this.#others(apart_ms, took_ms))] : [server];
  }

  async #others(offset_ms: number, took_ms: number): Promise<readonly OtherClock[]> {
    const share = { name: 'ramz-clocks', text: SHARE, values: [this.#log_id, offset_ms] };
    const rows = await this.#sessions.query<{ log_id: string; offset_ms: string }>(share);
    return rows.map(({ log_id, offset_ms: theirs_ms }) => ({
      whose: `the daemon with the log ${log_id.slice(0, 16)}`,
      is_server: false,
      apart_ms: offset_ms - Number(theirs_ms),
      // Theirs was read in the same way, and may be wrong as much.
      uncertain_ms: took_ms + READING_MS_MAX,
    }));
  }
}
