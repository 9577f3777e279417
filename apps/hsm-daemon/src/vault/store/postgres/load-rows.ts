import { PURPOSES, type Purpose, VERDICT_REASONS } from '@ramz/audit-log';
import type { Standing, StandingName } from '../../domain/enrolment/standing.ts';
import { placeOf } from '../../domain/enrolment/standing.ts';
import type { FormerVerdict } from '../ledger.ts';
import { Records } from '../records/records.ts';
import { RowBroken } from '../store-errors.ts';
import { int2Array, uuidArray } from './binary-arrays.ts';
import type { Decoys } from './decoys.ts';
import type { Sessions } from './sessions.ts';

/**
 * One round trip: the standings, the requests, and the version of the keys. Rows are concatenated
 * into one value: a driver that reads a thousand rows makes a thousand objects, which costs as much
 * as everything else. Each part of a row has its length, so that a row written by another program
 * cannot pass for others.
 *
 * Where there is no standing, a decoy is read and sent, so that it takes as long. A null key finds
 * nothing and costs nothing.
 */
const TEXT = `
SELECT
  standings,
  decoys,
  (SELECT coalesce(string_agg(uuid_send(request_key) || uuid_send(request_digest) || int2send(reason) || int8send(log_index), ''::bytea), ''::bytea)
    FROM request WHERE request_key = ANY($4::uuid[]) AND at_ms > $5::bigint) AS requests,
  (SELECT version FROM keys) AS keys_version
FROM (
  SELECT
    coalesce(string_agg(
      uuid_send(s.subject) || int2send(s.purpose) || int8send(s.version) || int4send(length(s.state)) || s.state, ''::bytea
    ), ''::bytea) AS standings,
    coalesce(string_agg(int8send(d.version) || int4send(length(d.state)) || d.state, ''::bytea), ''::bytea) AS decoys
  FROM unnest($1::uuid[], $2::smallint[], $3::smallint[]) AS wanted(subject, purpose, decoy)
  LEFT JOIN standing AS s ON s.subject = wanted.subject AND s.purpose = wanted.purpose
  LEFT JOIN decoy AS d ON d.log_id = $6::uuid AND d.number = CASE WHEN s.subject IS NULL THEN wanted.decoy END
) AS read`;

interface BatchRow {
  readonly standings: Buffer;
  readonly requests: Buffer;
  readonly keys_version: string;
}

/** A row as it was loaded. An unreadable one is reported to the call that needs it. */
export interface StandingRow extends StandingName {
  readonly version: number;
  readonly standing: Standing | undefined;
  readonly broken: RowBroken | undefined;
}

export interface RequestRow {
  readonly requestKey: string;
  readonly verdict: FormerVerdict | RowBroken;
}

export interface BatchRows {
  readonly standings: readonly StandingRow[];
  readonly requests: readonly RequestRow[];
  readonly keysVersion: number;
}

/**
 * @param requestKeys 32 hexadecimal digits each
 * @throws StoreUnavailable
 */
export async function loadRows(
  sessions: Sessions,
  decoys: Decoys,
  places: readonly StandingName[],
  requestKeys: readonly string[],
  requestsSinceMs: number,
): Promise<BatchRows> {
  const values = [
    uuidArray(places.map(({ subject }) => subject)),
    int2Array(places.map(({ purpose }) => PURPOSES.indexOf(purpose))),
    int2Array(places.map(({ subject }) => decoys.numberFor(subject))),
    uuidArray(requestKeys),
    requestsSinceMs,
    decoys.logId,
  ];
  const [row] = await sessions.query<BatchRow>({ name: 'ramz-load', text: TEXT, values });
  if (row === undefined) return { standings: [], requests: [], keysVersion: 0 };
  const standings = [...standingsIn(row.standings)];
  return { standings, requests: [...requestsIn(row.requests)], keysVersion: Number(row.keys_version) };
}

const STANDING_HEAD_BYTES = 30;
const REQUEST_BYTES = 42;
const VERSION_MAX = Number.MAX_SAFE_INTEGER - 1;

function* standingsIn(bytes: Buffer): Generator<StandingRow> {
  for (let at = 0; at < bytes.length; ) {
    const subject = bytes.toString('hex', at, at + 16);
    const purpose = PURPOSES[bytes.readInt16BE(at + 16)];
    const version = Number(bytes.readBigInt64BE(at + 18));
    const end = at + STANDING_HEAD_BYTES + bytes.readInt32BE(at + 26);
    // No call asks for an unknown purpose.
    if (purpose !== undefined) yield rowOf(subject, purpose, version, bytes.subarray(at + STANDING_HEAD_BYTES, end));
    at = end;
  }
}

function rowOf(subject: string, purpose: Purpose, version: number, state: Buffer): StandingRow {
  const name = { subject, purpose, version };
  try {
    return { ...name, standing: standingOf(name, state), broken: undefined };
  } catch (error) {
    if (!(error instanceof RowBroken)) throw error;
    return { ...name, standing: undefined, broken: error };
  }
}

/**
 * Decodes a row.
 * @throws RowBroken
 */
export function standingOf({ subject, purpose, version }: StandingName & { version: number }, state: Buffer): Standing {
  const place = placeOf(subject, purpose);
  if (!(version >= 1 && version <= VERSION_MAX)) throw new RowBroken(place, 'its version is invalid');
  const records = new Records(state);
  if (records.soundEndOf(0) !== state.length) throw new RowBroken(place, 'its record is truncated or malformed');
  const standing = records.standingAt(0);
  if (standing.subject === subject && standing.purpose === purpose) return standing;
  throw new RowBroken(place, 'its record belongs to another row');
}

function* requestsIn(bytes: Buffer): Generator<RequestRow> {
  for (let at = 0; at < bytes.length; at += REQUEST_BYTES) {
    const requestKey = bytes.toString('hex', at, at + 16);
    const requestDigest = bytes.toString('hex', at + 16, at + 32);
    const reason = VERDICT_REASONS[bytes.readInt16BE(at + 32)];
    const logIndex = Number(bytes.readBigInt64BE(at + 34));
    const isVerdict = reason !== undefined && logIndex >= 0 && Number.isSafeInteger(logIndex);
    const verdict = isVerdict
      ? { logIndex, reason, requestDigest }
      : new RowBroken(`request ${requestKey}`, 'it is not a verdict');
    yield { requestKey, verdict };
  }
}
