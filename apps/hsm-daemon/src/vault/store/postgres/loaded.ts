import { type Purpose, VERDICT_REASONS } from '@ramz/audit-log';
import { activeIn, placeOf, type Standing, subjectAt } from '../../domain/enrolment/standing.ts';
import type { Change, FormerVerdict, LoadRequest, StandingPlace } from '../ledger.ts';
import { readStanding } from '../standing-text.ts';
import { RowBroken } from '../store-errors.ts';
import type { Decoys } from './decoys.ts';
import type { Sessions } from './sessions.ts';

/** A row as it was loaded. */
interface AtVersion {
  readonly version: number;
  /** Tokens of it that may make codes. */
  readonly active: number;
  readonly standing: Standing;
}

interface BatchRow {
  readonly standings: string;
  readonly requests: string;
  readonly keys_version: string;
}

/**
 * One round trip: the standings, the requests, and whether the keys are still the same. Many of them as one text, a line
 * each: a driver that reads a thousand rows makes a thousand objects, which costs as much as all the rest. A row that
 * somebody else wrote may hold a line end: it is taken out, or the row would speak for others.
 *
 * Where there is no standing a decoy is read and sent, for the time that it takes: a key that is null finds nothing, and
 * costs nothing.
 */
const TEXT = `
SELECT
  standings,
  decoys,
  (SELECT coalesce(string_agg(replace(concat_ws(' ', request_key, log_index, reason, request_digest), E'\\n', ' '), E'\\n'), '')
    FROM request WHERE request_key = ANY(string_to_array($3, ',')) AND at_ms > $4::bigint) AS requests,
  (SELECT version FROM keys) AS keys_version
FROM (
  SELECT
    coalesce(string_agg(s.place || ' ' || s.version || ' ' || replace(s.state, E'\\n', ' '), E'\\n'), '') AS standings,
    coalesce(string_agg(d.place || ' ' || d.version || ' ' || replace(d.state, E'\\n', ' '), E'\\n'), '') AS decoys
  FROM unnest(string_to_array($1, ','), string_to_array($2, ',')) AS wanted(place, decoy)
  LEFT JOIN standing AS s ON s.place = wanted.place
  LEFT JOIN decoy AS d ON d.place = CASE WHEN s.place IS NULL THEN wanted.decoy END
) AS read`;

/** What a batch is decided on. */
export class LoadedRows {
  readonly #standings: Map<string, AtVersion> = new Map();
  readonly #formers: Map<string, FormerVerdict> = new Map();
  /** Rows that somebody else wrote: only who asks for them is told. */
  readonly #broken: Map<string, RowBroken> = new Map();
  keysVersion = 0;

  static async from(
    sessions: Sessions,
    { places, names, requestsSinceMs }: LoadRequest,
    decoys: Decoys,
  ): Promise<LoadedRows> {
    const named = new Map(places.map(({ subject, purpose }) => [placeOf(subject, purpose), decoys.placeFor(subject)]));
    const requestKeys = Array.from({ length: names.count }, (_, i) => names.keyOf(i));
    const columns = [[...named.keys()], [...named.values()], requestKeys];
    const values = [...columns.map((column) => column.join(',')), requestsSinceMs];
    const [row] = await sessions.query<BatchRow>({ name: 'ramz-load', text: TEXT, values });
    const loaded = new LoadedRows();
    if (row === undefined) return loaded;
    loaded.keysVersion = Number(row.keys_version);
    for (const line of linesOf(row.requests)) loaded.#takeRequest(line);
    for (const line of linesOf(row.standings)) loaded.#takeStanding(line);
    return loaded;
  }

  at(place: string): AtVersion | undefined {
    return this.#standings.get(place);
  }

  place(subject: string, purpose: Purpose): StandingPlace {
    const place = placeOf(subject, purpose);
    return { subject, purpose, standing: this.#standings.get(place)?.standing, broken: this.#broken.get(place) };
  }

  /** @throws RowBroken */
  former(requestKey: string): FormerVerdict | undefined {
    const broken = this.#broken.get(requestKey);
    if (broken !== undefined) throw broken;
    return this.#formers.get(requestKey);
  }

  /**
   * The standings that a change writes. Those that it only relied on are written as they were: with a new version, so
   * that of two daemons that each look at what the other changes one loses (no isolation level is needed for it). So are
   * those that are only to take the time of a write.
   */
  changedBy({ changed, reliedOn, rehearsed }: Change): ReadonlyMap<string, Standing> {
    const written = new Map<string, Standing>();
    for (const { subject, purpose, standing } of changed) {
      if (standing !== undefined) written.set(placeOf(subject, purpose), standing);
    }
    for (const { subject, purpose } of [...reliedOn, ...rehearsed]) {
      const place = placeOf(subject, purpose);
      const known = this.#standings.get(place);
      if (known !== undefined && !written.has(place)) written.set(place, known.standing);
    }
    return written;
  }

  /** As a load right after the change would have it. */
  after(change: Change): LoadedRows {
    const { names, answered } = change;
    for (const [place, standing] of this.changedBy(change)) {
      const version = (this.#standings.get(place)?.version ?? 0) + 1;
      this.#standings.set(place, { version, active: activeIn(standing), standing });
    }
    for (const { request, logIndex, reason } of answered) {
      this.#formers.set(names.keyOf(request), { logIndex, reason, requestDigest: names.digestOf(request) });
    }
    return this;
  }

  #takeRequest(line: string): void {
    const [requestKey = '', number = '', text, requestDigest = ''] = line.split(' ');
    const logIndex = Number(number);
    const reason = VERDICT_REASONS.find((one) => one === text);
    if (reason !== undefined && isIndex(logIndex)) this.#formers.set(requestKey, { logIndex, reason, requestDigest });
    else this.#broken.set(requestKey, new RowBroken(`request ${requestKey}`, 'it is no verdict'));
  }

  #takeStanding(line: string): void {
    const [place = '', number = ''] = line.split(' ', 2);
    const text = line.slice(place.length + number.length + 2);
    const { subject, purpose } = subjectAt(place);
    try {
      const version = versionOf(place, number);
      const standing = readStanding(subject, purpose, text);
      this.#standings.set(place, { version, active: activeIn(standing), standing });
    } catch (error) {
      if (!(error instanceof RowBroken)) throw error;
      this.#broken.set(place, error);
    }
  }
}

/** One that can be told apart from the next. @throws RowBroken */
function versionOf(place: string, number: string): number {
  const version = Number(number);
  if (version >= 1 && Number.isSafeInteger(version + 1)) return version;
  throw new RowBroken(place, 'its version is none');
}

function isIndex(number: number): boolean {
  return number >= 0 && Number.isSafeInteger(number);
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
