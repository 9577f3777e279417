import { PURPOSES, type Purpose } from '../../../boundary/commands.ts';

/**
 * Something for each of many standings. A subject is looked up as it is: a name for its place (`placeOf`), made for
 * every look-up, would cost more than the look-up.
 */
export class ByPlace<T> {
  readonly #of_purpose: ReadonlyMap<Purpose, Map<string, T>> = new Map(
    PURPOSES.map((purpose) => [purpose, new Map<string, T>()]),
  );

  get size(): number {
    return PURPOSES.reduce((sum, purpose) => sum + this.of(purpose).size, 0);
  }

  get(subject: string, purpose: Purpose): T | undefined {
    return this.of(purpose).get(subject);
  }

  set(subject: string, purpose: Purpose, what: T): void {
    this.#mapOf(purpose).set(subject, what);
  }

  delete(subject: string, purpose: Purpose): void {
    this.#mapOf(purpose).delete(subject);
  }

  /** Those of a purpose by subject, in the order in which they came. */
  of(purpose: Purpose): ReadonlyMap<string, T> {
    return this.#mapOf(purpose);
  }

  #mapOf(purpose: Purpose): Map<string, T> {
    const found = this.#of_purpose.get(purpose);
    if (found === undefined) throw new RangeError(`there is no purpose ${purpose}`);
    return found;
  }
}
