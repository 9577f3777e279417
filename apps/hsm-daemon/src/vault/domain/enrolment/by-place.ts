import { PURPOSES, type Purpose } from '@ramz/audit-log';
import { placeOf } from './standing.ts';

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * Something for each of many standings. A subject is looked up as it is: a name for its place (`placeOf`), made for
 * every look-up, would cost more than the look-up.
 */
export class ByPlace<T> {
  // A map for each purpose that there is something of: most batches have one.
  readonly #ofPurpose: Partial<Record<Purpose, Map<string, T>>> = {};

  get(subject: string, purpose: Purpose): T | undefined {
    return this.#ofPurpose[purpose]?.get(subject);
  }

  set(subject: string, purpose: Purpose, what: T): void {
    (this.#ofPurpose[purpose] ??= new Map()).set(subject, what);
  }

  /** All of them, a purpose after the other. */
  *[Symbol.iterator](): Generator<T> {
    for (const purpose of PURPOSES) yield* this.of(purpose).values();
  }

  /** By the names of their places. */
  named(): Map<string, T> {
    return new Map(
      PURPOSES.flatMap((purpose) =>
        Array.from(this.of(purpose), ([subject, what]) => [placeOf(subject, purpose), what] as const),
      ),
    );
  }

  /** Those of a purpose by subject, in the order in which they came. */
  of(purpose: Purpose): ReadonlyMap<string, T> {
    return this.#ofPurpose[purpose] ?? NOTHING;
  }
}
