import type { Tile } from '../tile-tree.ts';
import type { Statement } from './sessions.ts';

/** Everything that one batch writes. */
export interface CommitRows {
  readonly log_id: string;
  readonly first_index: number;
  readonly count: number;
  readonly at_ms: number;
  readonly entries: Uint8Array;
  readonly changed: readonly { readonly place: string; readonly version: number; readonly state: string }[];
  readonly made: readonly { readonly place: string; readonly state: string }[];
  readonly requests: readonly {
    readonly request_key: string;
    readonly request_digest: string;
    readonly reason: string;
    readonly log_index: number;
  }[];
  readonly tiles: readonly Tile[];
  readonly ceremonies: readonly { readonly log_index: number; readonly id: string }[];
  readonly events: readonly { readonly log_index: number; readonly kind: string }[];
  readonly active_more: number;
  /** Undefined when they stay. */
  readonly keys: { readonly version: number; readonly value: string } | undefined;
}

/**
 * One statement, one round trip, all or nothing: a compare-and-set of the standings, the entries that say so, and all
 * that hangs on them. When less was changed than was wanted, or the log does not end where it should, the last line
 * divides by zero: that undoes the whole statement, and is how a lost race is told.
 */
const TEXT = `
WITH
  changed AS (
    UPDATE standing AS s SET version = s.version + 1, state = c.state
    FROM unnest($6::text[], $7::bigint[], $8::text[]) AS c(place, version, state)
    WHERE s.place = c.place AND s.version = c.version
    RETURNING 1
  ),
  made AS (
    INSERT INTO standing SELECT place, 1, state FROM unnest($9::text[], $10::text[]) AS m(place, state)
    ON CONFLICT DO NOTHING RETURNING 1
  ),
  asked AS (
    INSERT INTO request SELECT request_key, request_digest, reason, log_index, $4::bigint
    FROM unnest($11::text[], $12::text[], $13::text[], $14::bigint[]) AS r(request_key, request_digest, reason, log_index)
    ON CONFLICT DO NOTHING RETURNING 1
  ),
  keyed AS (
    UPDATE keys SET version = keys.version + 1, value = k.value
    FROM unnest($15::bigint[], $16::text[]) AS k(version, value)
    WHERE keys.version = k.version
    RETURNING 1
  ),
  logged AS (INSERT INTO log VALUES ($1::text, $2::bigint, $3::integer, $4::bigint, $5::bytea)),
  tiled AS (
    INSERT INTO tile SELECT $1, level, number, hashes
    FROM unnest($17::integer[], $18::bigint[], $19::bytea[]) AS t(level, number, hashes)
  ),
  held AS (INSERT INTO ceremony SELECT $1, log_index, id FROM unnest($20::bigint[], $21::text[]) AS h(log_index, id)),
  told AS (INSERT INTO event SELECT $1, log_index, kind FROM unnest($22::bigint[], $23::text[]) AS e(log_index, kind)),
  counted AS (
    INSERT INTO tally SELECT $1, more FROM unnest($24::bigint[]) AS a(more)
    ON CONFLICT (log_id) DO UPDATE SET active = tally.active + excluded.active
  )
SELECT 1 / (CASE WHEN
  (SELECT count(*) FROM changed) = cardinality($6::text[])
  AND (SELECT count(*) FROM made) = cardinality($9::text[])
  AND (SELECT count(*) FROM asked) = cardinality($11::text[])
  AND (SELECT count(*) FROM keyed) = cardinality($15::bigint[])
  AND coalesce(
    (SELECT first_index + count FROM log WHERE log_id = $1 ORDER BY first_index DESC LIMIT 1), 0
  ) = $2::bigint
THEN 1 ELSE 0 END)`;

export function commitStatement(rows: CommitRows): Statement {
  // In one order for all daemons: two that lock the same rows then wait for each other in turn, and not for ever.
  const changed = rows.changed.toSorted(byPlace);
  const made = rows.made.toSorted(byPlace);
  const { log_id, first_index, count, at_ms, entries, requests, tiles, ceremonies, events, active_more, keys } = rows;
  const kept = keys === undefined ? [] : [keys];
  return {
    name: 'ramz-commit',
    text: TEXT,
    values: [
      log_id,
      first_index,
      count,
      at_ms,
      entries,
      ...columns(changed, 'place', 'version', 'state'),
      ...columns(made, 'place', 'state'),
      ...columns(requests, 'request_key', 'request_digest', 'reason', 'log_index'),
      ...columns(kept, 'version', 'value'),
      ...columns(tiles, 'level', 'number', 'hashes'),
      ...columns(ceremonies, 'log_index', 'id'),
      ...columns(events, 'log_index', 'kind'),
      active_more === 0 ? [] : [active_more],
    ],
  };
}

function byPlace(a: { readonly place: string }, b: { readonly place: string }): number {
  return a.place < b.place ? -1 : 1;
}

function columns<T, K extends keyof T>(rows: readonly T[], ...names: readonly K[]): T[K][][] {
  return names.map((name) => rows.map((row) => row[name]));
}
