import type { Purpose } from '@ramz/audit-log';
import type { Standing } from '../../domain/enrolment/standing.ts';
import type { Ledger, StandingPlace } from '../../store/ledger.ts';

/**
 * The standings that one batch reads. Each is looked up once, and later commands see its changes.
 */
export class Places {
  readonly #ledger: Pick<Ledger, 'place'>;
  readonly #ofSubject = new Map<string, Partial<Record<Purpose, StandingPlace>>>();

  constructor(ledger: Pick<Ledger, 'place'>) {
    this.#ledger = ledger;
  }

  at(subject: string, purpose: Purpose): StandingPlace {
    let ofSubject = this.#ofSubject.get(subject);
    if (ofSubject === undefined) {
      ofSubject = {};
      this.#ofSubject.set(subject, ofSubject);
    }
    return (ofSubject[purpose] ??= this.#ledger.place(subject, purpose));
  }
}

/**
 * Returns the standing, or undefined when there is none.
 * @throws RowBroken for one that cannot be read
 */
export function standingAt({ standing, broken }: StandingPlace): Standing | undefined {
  if (broken !== undefined) throw broken;
  return standing;
}
