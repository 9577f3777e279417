import { PURPOSES, type Purpose } from '@ramz/audit-log';
import type { Standing } from '../../domain/enrolment/standing.ts';
import type { Draft } from '../batch/batch.ts';

/** How the same subject stands with other purposes: their wrong tries count for it too (D-2). Read when they are asked for. */
export class Siblings implements Iterable<Standing> {
  readonly #subject: string;
  readonly #purpose: Purpose;
  readonly #draft: Draft;

  constructor(subject: string, purpose: Purpose, draft: Draft) {
    this.#subject = subject;
    this.#purpose = purpose;
    this.#draft = draft;
  }

  *[Symbol.iterator](): Generator<Standing> {
    for (const other of PURPOSES) {
      const standing = other === this.#purpose ? undefined : this.#draft.standing(this.#subject, other);
      if (standing !== undefined) yield standing;
    }
  }
}
