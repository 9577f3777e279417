import { byteaArray, int2Array, int8Array, recordArray, uuidArray } from './binary-arrays.ts';
import type { CommitRows, WrittenRequest, WrittenStanding } from './commit-rows.ts';
import type { SqlStatement } from './sessions.ts';

/**
 * One statement, one round trip, all or nothing: a compare-and-set of the standings, their log
 * entries, and all that depends on them. The last line divides by zero when fewer rows changed than
 * wanted, the keys differ, or the log does not end where it should. That undoes the whole statement
 * and reports a lost race. An existing request is not written again, unless it is so old that its
 * key is free.
 *
 * Lists that may have a thousand elements are sent as binary arrays (see `binary-arrays`).
 */
const TEXT = textOf('', '');

/**
 * The same with the register: a statement of its own, so that verdicts do not pay for it.
 */
const REGISTER_TEXT = textOf(
  `,
  filed AS (
    UPDATE file AS f SET version = f.version + 1, issued_under = c.issued_under, state = c.state
    FROM unnest($30::uuid[], $31::bigint[], $32::uuid[], $33::text[]) AS c(subject, version, issued_under, state)
    WHERE f.subject = c.subject AND f.version = c.version
    RETURNING 1
  ),
  new_file AS (
    INSERT INTO file
    SELECT subject, 1, issued_under, state FROM unnest($34::uuid[], $35::uuid[], $36::text[]) AS n(subject, issued_under, state)
    ON CONFLICT DO NOTHING RETURNING 1
  ),
  numbered AS (
    UPDATE number AS n SET version = n.version + 1 FROM unnest($37::uuid[], $38::bigint[]) AS c(hash, version)
    WHERE n.hash = c.hash AND n.version = c.version
    RETURNING 1
  ),
  new_number AS (
    INSERT INTO number SELECT hash, 1 FROM unnest($39::uuid[]) AS m(hash) ON CONFLICT DO NOTHING RETURNING 1
  )`,
  `
  AND (SELECT count(*) FROM filed) = cardinality($30::uuid[])
  AND (SELECT count(*) FROM new_file) = cardinality($34::uuid[])
  AND (SELECT count(*) FROM numbered) = cardinality($37::uuid[])
  AND (SELECT count(*) FROM new_number) = cardinality($39::uuid[])`,
);

function textOf(parts: string, conditions: string): string {
  return `
WITH
  changed AS (
    UPDATE standing AS s SET version = s.version + 1, state = c.state
    FROM unnest($6::uuid[], $7::smallint[], $8::bigint[], $9::bytea[]) AS c(subject, purpose, version, state)
    WHERE s.subject = c.subject AND s.purpose = c.purpose AND s.version = c.version
    RETURNING 1
  ),
  made AS (
    INSERT INTO standing
    SELECT subject, purpose, 1, state FROM unnest($10::uuid[], $11::smallint[], $12::bytea[]) AS m(subject, purpose, state)
    ON CONFLICT DO NOTHING RETURNING 1
  ),
  asked AS (
    INSERT INTO request SELECT request_key, request_digest, reason, log_index, $4::bigint
    FROM unnest($13::uuid[], $14::uuid[], $15::smallint[], $16::bigint[]) AS r(request_key, request_digest, reason, log_index)
    ON CONFLICT (request_key) DO UPDATE SET request_digest = excluded.request_digest, reason = excluded.reason,
      log_index = excluded.log_index, at_ms = excluded.at_ms
    WHERE request.at_ms <= $28::bigint
    RETURNING 1
  ),
  keyed AS (
    UPDATE keys SET version = keys.version + 1, value = k.value FROM unnest($18::text[]) AS k(value)
    WHERE keys.version = $17::bigint
    RETURNING 1
  ),
  logged AS (INSERT INTO log VALUES ($1::text, $2::bigint, $3::integer, $4::bigint, $5::bytea)),
  tiled AS (
    INSERT INTO tile SELECT $1, level, number, hashes
    FROM unnest($19::integer[], $20::bigint[], $21::bytea[]) AS t(level, number, hashes)
  ),
  held AS (INSERT INTO ceremony SELECT $1, log_index, id FROM unnest($22::bigint[], $23::text[]) AS h(log_index, id)),
  new_event AS (INSERT INTO event SELECT $1, log_index, kind FROM unnest($24::bigint[], $25::text[]) AS e(log_index, kind)),
  counted AS (
    INSERT INTO tally SELECT $1, more FROM unnest($26::bigint[]) AS a(more)
    ON CONFLICT (log_id) DO UPDATE SET active = tally.active + excluded.active
  ),
  rehearsed AS (
    UPDATE decoy AS d SET version = version + 1, state = r.state
    FROM unnest($27::smallint[], $29::bytea[]) AS r(number, state)
    WHERE d.log_id = $1::uuid AND d.number = r.number
  )${parts}
SELECT 1 / (CASE WHEN
  (SELECT count(*) FROM changed) = cardinality($6::uuid[])
  AND (SELECT count(*) FROM made) = cardinality($10::uuid[])
  AND (SELECT count(*) FROM asked) = cardinality($13::uuid[])
  AND (SELECT count(*) FROM keyed) = cardinality($18::text[])
  AND (SELECT version FROM keys) = $17::bigint
  AND coalesce(
    (SELECT first_index + count FROM log WHERE log_id = $1 ORDER BY first_index DESC LIMIT 1), 0
  ) = $2::bigint${conditions}
THEN 1 ELSE 0 END)`;
}

export function commitStatement(rows: CommitRows): SqlStatement {
  const usual = statementOf(rows);
  const { files, newFiles, numbers, newNumbers } = rows.register;
  if (files.length + newFiles.length + numbers.length + newNumbers.length === 0) return usual;
  const register = [
    files.map(({ subject }) => subject),
    files.map(({ version }) => version),
    files.map(({ issuedUnder }) => issuedUnder),
    files.map(({ state }) => state),
    newFiles.map(({ subject }) => subject),
    newFiles.map(({ issuedUnder }) => issuedUnder),
    newFiles.map(({ state }) => state),
    numbers.map(({ number }) => number),
    numbers.map(({ version }) => version),
    newNumbers.map(({ number }) => number),
  ];
  return { name: 'ramz-commit-register', text: REGISTER_TEXT, values: [...usual.values, ...register] };
}

function statementOf(rows: CommitRows): SqlStatement & { readonly values: readonly unknown[] } {
  // The same order in all daemons: two that lock the same rows wait in turn and cannot deadlock.
  const changed = rows.changed.toSorted(byPlace);
  const made = rows.made.toSorted(byPlace);
  const requests = rows.requests.toSorted(byKey);
  const { logId, firstIndex, count, atMs, entries, tiles, ceremonies, events, activeMore, keys, rehearsed } = rows;
  return {
    name: 'ramz-commit',
    text: TEXT,
    values: [
      logId,
      firstIndex,
      count,
      atMs,
      entries,
      uuidArray(changed.map(({ subject }) => subject)),
      int2Array(changed.map(({ purpose }) => purpose)),
      int8Array(changed.map(({ version }) => version)),
      recordArray(changed.map(({ standing }) => standing)),
      uuidArray(made.map(({ subject }) => subject)),
      int2Array(made.map(({ purpose }) => purpose)),
      recordArray(made.map(({ standing }) => standing)),
      uuidArray(requests.map(({ requestKey }) => requestKey)),
      uuidArray(requests.map(({ requestDigest }) => requestDigest)),
      int2Array(requests.map(({ reason }) => reason)),
      int8Array(requests.map(({ logIndex }) => logIndex)),
      rows.keysVersion,
      keys === undefined ? [] : [keys],
      tiles.map(({ level }) => level),
      int8Array(tiles.map(({ number }) => number)),
      byteaArray(tiles.map(({ hashes }) => hashes)),
      int8Array(ceremonies.map(({ logIndex }) => logIndex)),
      ceremonies.map(({ id }) => id),
      int8Array(events.map(({ logIndex }) => logIndex)),
      events.map(({ kind }) => kind),
      activeMore === 0 ? [] : [activeMore],
      int2Array(rehearsed.map(({ number }) => number)),
      rows.requestsSinceMs,
      byteaArray(rehearsed.map(({ state }) => state)),
    ],
  };
}

function byPlace(a: WrittenStanding, b: WrittenStanding): number {
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  return a.purpose - b.purpose;
}

function byKey(a: WrittenRequest, b: WrittenRequest): number {
  return a.requestKey < b.requestKey ? -1 : 1;
}
