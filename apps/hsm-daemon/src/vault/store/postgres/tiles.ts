import type { TileAt } from '../tile-tree.ts';
import { TILE_HASHES } from '../tile-tree.ts';
import type { Sessions } from './sessions.ts';

const HASH_BYTES = 32;
const BLANK = new Uint8Array(TILE_HASHES * HASH_BYTES);

interface TileRow {
  readonly level: number;
  readonly number: string;
  readonly hashes: Uint8Array;
}

/** The full tiles of one daemon's tree. */
export class PostgresTiles {
  readonly #sessions: Sessions;
  readonly #logId: string;

  constructor(sessions: Sessions, logId: string) {
    this.#sessions = sessions;
    this.#logId = logId;
  }

  /**
   * Runs `make` on tiles that are not in memory: once with blank ones, to see which it reads, and
   * again with the loaded ones. Which tiles it reads must not depend on their contents.
   */
  async with<T>(make: (tileAt: TileAt) => T): Promise<T> {
    const wanted = new Map<string, { readonly level: number; readonly number: number }>();
    const rehearsed = make((level, number) => {
      wanted.set(`${level}/${number}`, { level, number });
      return BLANK;
    });
    if (wanted.size === 0) return rehearsed;
    const rows = await this.#sessions.query<TileRow>({
      name: 'ramz-tiles',
      text: `SELECT t.level, t.number, t.hashes FROM tile AS t
        JOIN unnest($2::integer[], $3::bigint[]) AS w(level, number) ON t.level = w.level AND t.number = w.number
        WHERE t.log_id = $1`,
      values: [this.#logId, [...wanted.values()].map((w) => w.level), [...wanted.values()].map((w) => w.number)],
    });
    const found = new Map(rows.map(({ level, number, hashes }) => [`${level}/${number}`, hashes]));
    return make((level, number) => found.get(`${level}/${number}`));
  }
}
