import type { Purpose } from '@ramz/audit-log';
import type { Standing } from '../../domain/enrolment/standing.ts';
import type { Ledger, StandingPlace } from '../../store/ledger.ts';

/** The standings that one batch looks at: each is looked up once, and seen by all that comes after as it was changed. */
export class Places {
  readonly #ledger: Pick<Ledger, 'place'>;
  readonly #ofSubject = new Map<string, Partial<Record<Purpose, StandingPlace>>>();

  constructor(ledger: Pick<Ledger, 'place'>) {
    this.#ledger = ledger;
  }

  at(subject: string, purpose: Purpose): StandingPlace {
    const ofSubject = this.#ofSubject.get(subject) ?? {};
    const known = ofSubject[purpose];
    if (known !== undefined) return known;
    const found = this.#ledger.place(subject, purpose);
    ofSubject[purpose] = found;
    this.#ofSubject.set(subject, ofSubject);
    return found;
  }
}

/** How it stands: undefined when there is none. @throws RowBroken for one that cannot be read */
export function standingAt({ standing, broken }: StandingPlace): Standing | undefined {
  if (broken !== undefined) throw broken;
  return standing;
}
