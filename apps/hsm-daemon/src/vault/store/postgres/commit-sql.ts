import type { CommitRows } from './commit-rows.ts';
import type { SqlStatement } from './sessions.ts';

/**
 * One statement, one round trip, all or nothing: a compare-and-set of the standings, the entries that say so, and all
 * that hangs on them. When less was changed than was wanted, or the log does not end where it should, the last line
 * divides by zero: that undoes the whole statement, and is how a lost race is told. A request that is there already is
 * not written again, unless it is so old that its key is free.
 *
 * What there may be a thousand of comes as one text and is taken apart by the server: a driver that writes an array
 * quotes each of its elements, which costs as much as all the rest. No place, key, digest or name has a comma in it, and
 * no state a line end.
 */
const TEXT = `
WITH
  changed AS (
    UPDATE standing AS s SET version = s.version + 1, state = c.state
    FROM unnest(string_to_array($6, ','), string_to_array($7, ',')::bigint[], string_to_array($8, E'\\n')) AS c(place, version, state)
    WHERE s.place = c.place AND s.version = c.version
    RETURNING 1
  ),
  made AS (
    INSERT INTO standing SELECT place, 1, state FROM unnest(string_to_array($9, ','), string_to_array($10, E'\\n')) AS m(place, state)
    ON CONFLICT DO NOTHING RETURNING 1
  ),
  asked AS (
    INSERT INTO request SELECT request_key, request_digest, reason, log_index, $4::bigint
    FROM unnest(
      string_to_array($11, ','), string_to_array($12, ','), string_to_array($13, ','), string_to_array($14, ',')::bigint[]
    ) AS r(request_key, request_digest, reason, log_index)
    ON CONFLICT (request_key) DO UPDATE SET request_digest = excluded.request_digest, reason = excluded.reason,
      log_index = excluded.log_index, at_ms = excluded.at_ms
    WHERE request.at_ms <= $27::bigint
    RETURNING 1
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
  told AS (
    INSERT INTO event SELECT $1, log_index, kind
    FROM unnest(string_to_array($22, ',')::bigint[], string_to_array($23, ',')) AS e(log_index, kind)
  ),
  counted AS (
    INSERT INTO tally SELECT $1, more FROM unnest($24::bigint[]) AS a(more)
    ON CONFLICT (log_id) DO UPDATE SET active = tally.active + excluded.active
  ),
  rehearsed AS (
    UPDATE decoy AS d SET version = version + 1, state = r.state
    FROM unnest(string_to_array($25, ','), string_to_array($26, E'\\n')) AS r(place, state)
    WHERE d.place = r.place
  )
SELECT 1 / (CASE WHEN
  (SELECT count(*) FROM changed) = cardinality(string_to_array($6, ','))
  AND (SELECT count(*) FROM made) = cardinality(string_to_array($9, ','))
  AND (SELECT count(*) FROM asked) = cardinality(string_to_array($11, ','))
  AND (SELECT count(*) FROM keyed) = cardinality($15::bigint[])
  AND coalesce(
    (SELECT first_index + count FROM log WHERE log_id = $1 ORDER BY first_index DESC LIMIT 1), 0
  ) = $2::bigint
THEN 1 ELSE 0 END)`;

export function commitStatement(rows: CommitRows): SqlStatement {
  // In one order for all daemons: two that lock the same rows then wait for each other in turn, and not for ever.
  const changed = rows.changed.toSorted(byPlace);
  const made = rows.made.toSorted(byPlace);
  const requests = rows.requests.toSorted(byKey);
  const { logId, firstIndex, count, atMs, entries, tiles, ceremonies, events, activeMore, keys, rehearsed } = rows;
  const { requestsSinceMs } = rows;
  const kept = keys === undefined ? [] : [keys];
  return {
    name: 'ramz-commit',
    text: TEXT,
    values: [
      logId,
      firstIndex,
      count,
      atMs,
      entries,
      ...lists(changed, 'place', 'version'),
      states(changed),
      ...lists(made, 'place'),
      states(made),
      ...lists(requests, 'requestKey', 'requestDigest', 'reason', 'logIndex'),
      ...columns(kept, 'version', 'value'),
      ...columns(tiles, 'level', 'number', 'hashes'),
      ...columns(ceremonies, 'logIndex', 'id'),
      ...lists(events, 'logIndex', 'kind'),
      activeMore === 0 ? [] : [activeMore],
      ...lists(rehearsed, 'place'),
      states(rehearsed),
      requestsSinceMs,
    ],
  };
}

function byPlace(a: { readonly place: string }, b: { readonly place: string }): number {
  return a.place < b.place ? -1 : 1;
}

function byKey(a: { readonly requestKey: string }, b: { readonly requestKey: string }): number {
  return a.requestKey < b.requestKey ? -1 : 1;
}

function lists<T>(rows: readonly T[], ...names: readonly (keyof T)[]): string[] {
  return names.map((name) => rows.map((row) => row[name]).join(','));
}

function states(rows: readonly { readonly state: string }[]): string {
  return rows.map(({ state }) => state).join('\n');
}

function columns<T, K extends keyof T>(rows: readonly T[], ...names: readonly K[]): T[K][][] {
  return names.map((name) => rows.map((row) => row[name]));
}
