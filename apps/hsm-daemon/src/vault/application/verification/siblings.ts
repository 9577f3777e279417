import type { BankProfile } from '@ramz/bank-profile';
import type { Standing } from '../../domain/enrolment/standing.ts';
import type { StandingPlace } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import { standingAt } from '../batch/places.ts';

/**
 * The standings of the same subject for other purposes: their wrong tries count too (D-2). Read
 * only when needed.
 */
export class Siblings implements Iterable<Standing> {
  readonly #of: StandingPlace;
  readonly #draft: Draft;
  readonly #profile: BankProfile;

  constructor(of: StandingPlace, draft: Draft, profile: BankProfile) {
    this.#of = of;
    this.#draft = draft;
    this.#profile = profile;
  }

  [Symbol.iterator](): Iterator<Standing> {
    const standings = this.places().map(({ standing }) => standing as Standing);
    return standings.values();
  }

  /**
   * Checks that the row and its siblings can be read, before a code of theirs is decided. Otherwise
   * a wrong code would fail with an error and not be counted, but a right one be accepted: guessing
   * would have no limit.
   * @throws RowBroken when one of them cannot be read
   */
  assertReadable(): void {
    standingAt(this.#of);
    this.places();
  }

  /**
   * Returns the places that have a standing.
   * @throws RowBroken
   */
  places(): StandingPlace[] {
    const { subject, purpose } = this.#of;
    const others = this.#profile.siblings[purpose] ?? [];
    const places = others.map((other) => this.#draft.place(subject, other));
    return places.filter((place) => standingAt(place) !== undefined);
  }
}
