import { unpackEntries } from '../packed-entries.ts';
import { LogBroken } from '../store-errors.ts';
import type { Sessions } from './sessions.ts';

interface LogRow {
  readonly first_index: string;
  readonly count: number;
  readonly entries: Uint8Array;
}

/** Reads the log of one daemon. */
export class PostgresLog {
  readonly #sessions: Sessions;
  readonly #logId: string;

  constructor(sessions: Sessions, logId: string) {
    this.#sessions = sessions;
    this.#logId = logId;
  }

  /** Returns the number of entries in the database. */
  async size(): Promise<number> {
    const [row] = await this.#sessions.query<LogRow>({
      name: 'ramz-log-end',
      text: 'SELECT first_index, count FROM log WHERE log_id = $1 ORDER BY first_index DESC LIMIT 1',
      values: [this.#logId],
    });
    return row === undefined ? 0 : Number(row.first_index) + row.count;
  }

  /**
   * Returns the bytes of at most `count` entries from `first` on. Stops after the batch that
   * reaches `bytesMax`.
   * @throws LogBroken for a hole
   */
  async leaves(first: number, count: number, bytesMax: number = Number.MAX_SAFE_INTEGER): Promise<Uint8Array[]> {
    const rows = await this.#sessions.query<LogRow>({
      name: 'ramz-log-page',
      text: `SELECT first_index, count, entries FROM (
          SELECT first_index, count, entries, sum(length(entries)) OVER (ORDER BY first_index) - length(entries) AS before
          FROM log WHERE log_id = $1 AND first_index < $3 AND first_index >= (
            SELECT coalesce(max(first_index), 0) FROM log WHERE log_id = $1 AND first_index <= $2
          )
        ) AS page WHERE before < $4 ORDER BY first_index`,
      values: [this.#logId, first, first + count, bytesMax],
    });
    const leaves: Uint8Array[] = [];
    let expected: number | undefined;
    for (const row of rows) {
      const start = Number(row.first_index);
      const entries = unpackEntries(row.entries, start);
      if (entries.length !== row.count) throw new LogBroken(start, 'its batch has lost or gained entries');
      if (expected === undefined ? start > first : start !== expected)
        throw new LogBroken(expected ?? first, 'it is missing');
      expected = start + entries.length;
      leaves.push(...entries.slice(Math.max(0, first - start), Math.max(0, first + count - start)));
    }
    return leaves;
  }
}
