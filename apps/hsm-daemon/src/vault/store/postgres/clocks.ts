import type { OtherClock } from '../../domain/clock/compare-clocks.ts';
import type { Sessions } from './sessions.ts';

/** A daemon that is silent for this long has stopped, or lost the database. */
const FRESH_MS = 60_000;
/** A reading that took longer is too uncertain. */
const READING_MS_MAX = 1_000;

const SERVER_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
const READ = `SELECT ${SERVER_MS} AS server_ms`;
/** Writes this daemon's row and reads the others'. Each has a daemon's clock minus the server's. */
const SHARE = `
WITH own AS (
  INSERT INTO clock VALUES ($1, $2, ${SERVER_MS})
  ON CONFLICT (log_id) DO UPDATE SET offset_ms = excluded.offset_ms, server_ms = excluded.server_ms
)
SELECT log_id, offset_ms FROM clock WHERE log_id <> $1 AND server_ms > ${SERVER_MS} - ${FRESH_MS}`;

/** The clocks of all daemons on one database, each compared with the server's. */
export class Clocks {
  readonly #sessions: Sessions;
  readonly #logId: string;

  constructor(sessions: Sessions, logId: string) {
    this.#sessions = sessions;
    this.#logId = logId;
  }

  /**
   * @param isBelieved whether our clock agrees with the server's: if not, it is not shown to the
   * other daemons, which it would stop
   */
  async read(wallMs: () => number, isBelieved: (server: OtherClock) => boolean): Promise<readonly OtherClock[]> {
    const sentMs = wallMs();
    const [row] = await this.#sessions.query<{ server_ms: string }>({ name: 'ramz-server-clock', text: READ });
    const tookMs = Math.abs(wallMs() - sentMs);
    if (row === undefined || tookMs > READING_MS_MAX) return [];
    const apartMs = Math.round(sentMs + tookMs / 2 - Number(row.server_ms));
    const server = { whose: "the database's server", isServer: true, apartMs, uncertainMs: tookMs };
    return isBelieved(server) ? [server, ...(await this.#others(apartMs, tookMs))] : [server];
  }

  async #others(offsetMs: number, tookMs: number): Promise<readonly OtherClock[]> {
    const share = { name: 'ramz-clocks', text: SHARE, values: [this.#logId, offsetMs] };
    const rows = await this.#sessions.query<{ log_id: string; offset_ms: string }>(share);
    return rows.map(({ log_id: logId, offset_ms: theirsMs }) => ({
      whose: `the daemon with the log ${logId.slice(0, 16)}`,
      isServer: false,
      apartMs: offsetMs - Number(theirsMs),
      // Their clock was read in the same way and may be off by as much.
      uncertainMs: tookMs + READING_MS_MAX,
    }));
  }
}
