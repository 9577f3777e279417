import { PURPOSES } from '../../../boundary/commands.ts';
import { ByPlace } from '../../domain/enrolment/by-place.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';

/**
 * Standings that were changed in one stretch of the log. It is filled, then read once from its beginning to its end,
 * and goes whole: deleting one by one would leave holes that every later reading has to pass.
 */
export class Generation {
  readonly standings: ByPlace<Standing> = new ByPlace();
  readonly #reading = this.#inOrder();
  #first_index: number | undefined;
  #taken = 0;

  /** The first entry that one of them may hold and the pages lack; undefined when there is none. */
  get first_index(): number | undefined {
    return this.#first_index;
  }

  get unwritten_count(): number {
    return this.standings.size - this.#taken;
  }

  put(standing: Standing, index: number): void {
    this.#first_index ??= index;
    this.standings.set(standing.subject, standing.purpose, standing);
  }

  /** The next ones, at most `count`. Nothing is put any more once it is read. */
  take(count: number): Standing[] {
    const taken: Standing[] = [];
    while (taken.length < count) {
      const next = this.#reading.next();
      if (next.done === true) break;
      taken.push(next.value);
    }
    this.#taken += taken.length;
    return taken;
  }

  *#inOrder(): Generator<Standing, void> {
    for (const purpose of PURPOSES) yield* this.standings.of(purpose).values();
  }
}
