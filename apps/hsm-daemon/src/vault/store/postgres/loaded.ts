import type { Purpose } from '@ramz/audit-log';
import { activeIn, placeOf, type StandingName } from '../../domain/enrolment/standing.ts';
import type { Change, FormerVerdict, LoadRequest, StandingPlace } from '../ledger.ts';
import { RowBroken } from '../store-errors.ts';
import type { Decoys } from './decoys.ts';
import { type BatchRows, loadRows, type StandingRow } from './load-rows.ts';
import type { Sessions } from './sessions.ts';

/** Some 100 MB: more subjects than use their codes within minutes of each other. */
const SUBJECTS_REMEMBERED = 100_000;

/** What is known of a subject, by purpose; undefined where there is no standing. */
type SubjectRows = Map<Purpose, StandingRow | undefined>;

/** A place, and what its row was: a change is compared with that. */
export interface PostgresPlace extends StandingPlace {
  readonly version: number;
  readonly active: number;
}

/**
 * What a batch is decided on. Subjects are remembered with the versions of their rows: a commit compares those, so what
 * another daemon has changed meanwhile is found out then, and costs one round more. A batch is decided on memory first,
 * also on cards that nothing is remembered of; only a yes may come of that. Whatever is refused is doubted, loaded and
 * decided again, whoever it is of, so that refusals take the same time (D-14).
 */
export class LoadedRows {
  /** The one that was written the longest ago first. */
  readonly #subjects = new Map<string, SubjectRows>();
  /** They are loaded by the next load. */
  #doubted = new Set<string>();
  /** Loaded for this batch: what the store has now. */
  #fresh = new Set<string>();
  #formers = new Map<string, FormerVerdict | RowBroken>();
  /** The store was not asked yet, or has refused something: the next load asks it at least for the version of the keys. */
  #mustAsk = true;

  isFresh(subject: string): boolean {
    return this.#fresh.has(subject);
  }

  doubt(subjects: Iterable<string>): void {
    for (const subject of subjects) {
      this.#subjects.delete(subject);
      this.#doubted.add(subject);
    }
    this.#mustAsk = true;
  }

  /** All of it. */
  forget(): void {
    this.#subjects.clear();
    this.#mustAsk = true;
  }

  /** The version of the keys; undefined when nothing had to be asked. */
  async load(sessions: Sessions, wanted: LoadRequest, decoys: Decoys): Promise<number | undefined> {
    const { places, names, subjects, mayRemember, requestsSinceMs } = wanted;
    const isAsked = (subject: string | undefined) => mayRemember !== true || this.#doubted.has(subject ?? '');
    const askedPlaces = distinct(places.filter(({ subject }) => isAsked(subject)));
    // A request of a subject that is not doubted is not asked for: the commit compares its key.
    const requests = Array.from({ length: names.count }, (_, i) => i).filter((i) => isAsked(subjects?.[i]));
    this.#fresh = new Set();
    this.#formers = new Map();
    if (mayRemember === true && !this.#mustAsk) return undefined;
    const keys = requests.map((i) => names.keyOf(i));
    const rows = await loadRows(sessions, decoys, askedPlaces, keys, requestsSinceMs);
    this.#take(askedPlaces, rows);
    this.#doubted = new Set();
    this.#mustAsk = false;
    return rows.keysVersion;
  }

  #take(places: readonly StandingName[], { standings, requests }: BatchRows): void {
    for (const { subject, purpose } of places) {
      this.#fresh.add(subject);
      this.#rowsOf(subject).set(purpose, undefined);
    }
    for (const row of standings) this.#rowsOf(row.subject).set(row.purpose, row);
    for (const { requestKey, verdict } of requests) this.#formers.set(requestKey, verdict);
  }

  #rowsOf(subject: string): SubjectRows {
    const rows = this.#subjects.get(subject) ?? new Map<Purpose, StandingRow | undefined>();
    this.#subjects.set(subject, rows);
    return rows;
  }

  place(subject: string, purpose: Purpose): PostgresPlace {
    const row = this.#subjects.get(subject)?.get(purpose);
    const { standing, broken, version = 0 } = row ?? {};
    const active = standing === undefined ? 0 : activeIn(standing);
    return { subject, purpose, standing, broken, version, active };
  }

  /** @throws RowBroken */
  former(requestKey: string): FormerVerdict | undefined {
    const found = this.#formers.get(requestKey);
    if (found instanceof RowBroken) throw found;
    return found;
  }

  /**
   * The places that a change writes. Those that it only relied on are written as they were: with a new version, so that of
   * two daemons that each look at what the other changes one loses (no isolation level is needed for it). So are those
   * that are only to take the time of a write.
   */
  changedBy({ changed, reliedOn, rehearsed }: Change): readonly PostgresPlace[] {
    const unchanged = rehearsed.map(({ subject, purpose }) => this.place(subject, purpose));
    const written = new Map<string, PostgresPlace>();
    for (const place of [
      ...unchanged,
      ...(reliedOn as Iterable<PostgresPlace>),
      ...(changed as Iterable<PostgresPlace>),
    ]) {
      if (place.standing !== undefined) written.set(placeOf(place.subject, place.purpose), place);
    }
    return [...written.values()];
  }

  /** As a load right after the change would have it. */
  take(change: Change, written: readonly PostgresPlace[]): void {
    for (const { subject, purpose, standing, version } of written) {
      this.#rowsOf(subject).set(purpose, { subject, purpose, version: version + 1, standing, broken: undefined });
    }
    const { names, answered } = change;
    for (const { request, logIndex, reason } of answered) {
      this.#formers.set(names.keyOf(request), { logIndex, reason, requestDigest: names.digestOf(request) });
    }
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const oldest = this.#subjects.keys();
    for (let more = this.#subjects.size - SUBJECTS_REMEMBERED; more > 0; more--) {
      this.#subjects.delete(oldest.next().value ?? '');
    }
  }
}

function distinct(places: readonly StandingName[]): StandingName[] {
  return [...new Map(places.map(({ subject, purpose }) => [placeOf(subject, purpose), { subject, purpose }])).values()];
}
