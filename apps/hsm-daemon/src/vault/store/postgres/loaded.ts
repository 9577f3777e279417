import type { Purpose } from '@ramz/audit-log';
import { activeIn, placeOf, type StandingName } from '../../domain/enrolment/standing.ts';
import type { Change, FormerVerdict, LoadRequest, RegisterRequest, StandingPlace } from '../ledger.ts';
import { RowBroken } from '../store-errors.ts';
import type { Decoys } from './decoys.ts';
import { loadRows, type StandingRow } from './load-rows.ts';
import { LoadedRegister } from './register.ts';
import type { Sessions } from './sessions.ts';

/** A place with the state of its row, with which a change is compared. */
export interface PostgresPlace extends StandingPlace {
  readonly version: number;
  readonly active: number;
}

/**
 * The rows that a batch is decided on: loaded for it, and no others. A commit compares their
 * versions and so detects what another daemon changed meanwhile. Decision 46 says why nothing is
 * cached from one batch to the next.
 */
export class LoadedRows {
  readonly register: LoadedRegister = new LoadedRegister();
  #standings = new Map<string, StandingRow>();
  #formers = new Map<string, FormerVerdict | RowBroken>();

  /**
   * Replaces what was loaded before. Returns the version of the keys.
   * @throws StoreUnavailable
   */
  async load(sessions: Sessions, { places, names, requestsSinceMs }: LoadRequest, decoys: Decoys): Promise<number> {
    const keys = Array.from({ length: names.count }, (_, i) => names.keyOf(i));
    const rows = await loadRows(sessions, decoys, distinct(places), keys, requestsSinceMs);
    this.#standings = new Map(rows.standings.map((row) => [placeOf(row.subject, row.purpose), row]));
    this.register.clear();
    this.#formers = new Map(rows.requests.map(({ requestKey, verdict }) => [requestKey, verdict]));
    return rows.keysVersion;
  }

  /**
   * Adds what acts need, and the standings of all these subjects, as they are after their files.
   * @throws StoreUnavailable
   */
  async loadRegister(sessions: Sessions, wanted: RegisterRequest, decoys: Decoys): Promise<void> {
    const places = await this.register.load(sessions, wanted);
    const { standings } = await loadRows(sessions, decoys, distinct(places), [], 0);
    for (const row of standings) this.#standings.set(placeOf(row.subject, row.purpose), row);
  }

  place(subject: string, purpose: Purpose): PostgresPlace {
    const { standing, broken, version = 0 } = this.#standings.get(placeOf(subject, purpose)) ?? {};
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
   * Returns the places that a change writes. Places that it only relied on are written unchanged,
   * with a new version: of two daemons that each read what the other changes, one loses, at any
   * isolation level. Rehearsed places are written in the same way, to take the time of a write.
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

  /** Updates the rows to what a load right after the change would return. */
  take(change: Change, written: readonly PostgresPlace[]): void {
    for (const { subject, purpose, standing, version } of written) {
      const row = { subject, purpose, version: version + 1, standing, broken: undefined };
      this.#standings.set(placeOf(subject, purpose), row);
    }
    this.register.take(change);
    const { names, answered } = change;
    for (const { request, logIndex, reason } of answered) {
      this.#formers.set(names.keyOf(request), { logIndex, reason, requestDigest: names.digestOf(request) });
    }
  }
}

function distinct(places: readonly StandingName[]): StandingName[] {
  return [...new Map(places.map(({ subject, purpose }) => [placeOf(subject, purpose), { subject, purpose }])).values()];
}
