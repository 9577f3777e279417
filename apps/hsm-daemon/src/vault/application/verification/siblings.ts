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

  *[Symbol.iterator](): Generator<Standing> {
    for (const place of this.places()) yield place.standing as Standing;
  }

  /** Those where there is a standing. @throws RowBroken */
  *places(): Generator<StandingPlace> {
    const { subject, purpose } = this.#of;
    for (const other of this.#profile.siblings[purpose] ?? []) {
      const place = this.#draft.place(subject, other);
      if (standingAt(place) !== undefined) yield place;
    }
  }
}
