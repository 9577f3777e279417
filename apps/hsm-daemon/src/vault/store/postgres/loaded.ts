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
 * another daemon has changed meanwhile is found out then, and costs one round more. Only a yes may come from memory; what
 * would be refused is loaded first (`doubt`), whoever it is of, so that refusals take the same time (D-14).
 */
export class LoadedRows {
  /** The longest unused first. */
  readonly #subjects = new Map<string, SubjectRows>();
  /** Loaded for this batch: what the store has now. */
  #fresh = new Set<string>();
  #formers = new Map<string, FormerVerdict | RowBroken>();
  /** Something was refused by the store, or it was not asked yet: the next load does. */
  #mustAsk = true;

  isFresh(subject: string): boolean {
    return this.#fresh.has(subject);
  }

  /** Of these subjects nothing is remembered any more. */
  doubt(subjects: Iterable<string>): void {
    for (const subject of subjects) this.#subjects.delete(subject);
    this.#mustAsk = true;
  }

  /** Asks for what is not remembered. The version of the keys; undefined when nothing had to be asked. */
  async load(sessions: Sessions, wanted: LoadRequest, decoys: Decoys): Promise<number | undefined> {
    this.#fresh = new Set();
    this.#formers = new Map();
    const lacking = new Set(this.#lackingIn(wanted));
    const places = distinct(wanted.places.filter(({ subject }) => lacking.has(subject)));
    // Of a subject that is remembered no request is asked for: a code is accepted once, and the commit compares its key.
    const { names, subjects, mayRemember } = wanted;
    const isAsked = (i: number) => mayRemember !== true || lacking.has(subjects?.[i] ?? '');
    const requestKeys = Array.from({ length: names.count }, (_, i) => i).flatMap((i) =>
      isAsked(i) ? names.keyOf(i) : [],
    );
    if (places.length + requestKeys.length === 0 && !this.#mustAsk && mayRemember === true) return undefined;
    const rows = await loadRows(sessions, decoys, places, requestKeys, wanted.requestsSinceMs);
    this.#take(places, rows);
    this.#mustAsk = false;
    return rows.keysVersion;
  }

  /** Subjects of whom not all is remembered: they are loaded whole. */
  #lackingIn({ places, mayRemember }: LoadRequest): string[] {
    const isKnown = ({ subject, purpose }: StandingName) => this.#subjects.get(subject)?.has(purpose) === true;
    return places.flatMap((place) => (mayRemember === true && isKnown(place) ? [] : [place.subject]));
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
