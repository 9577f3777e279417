import type { BankProfile } from '@ramz/bank-profile';
import type { Standing } from '../../domain/enrolment/standing.ts';
import type { StandingPlace } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import { standingAt } from '../batch/places.ts';

/** How the same subject stands with other purposes: their wrong tries count for it too (D-2). Read when they are asked for. */
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
   * Asked before a code of theirs is decided on: a wrong one would be refused with an error and not counted, and a right one
   * accepted, as often as anybody likes. @throws RowBroken when it or one of its siblings cannot be read
   */
  assertReadable(): void {
    standingAt(this.#of);
    this.places();
  }

  /** Those where there is a standing. @throws RowBroken */
  places(): StandingPlace[] {
    const { subject, purpose } = this.#of;
    const others = this.#profile.siblings[purpose] ?? [];
    const places = others.map((other) => this.#draft.place(subject, other));
    return places.filter((place) => standingAt(place) !== undefined);
  }
}
