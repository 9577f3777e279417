import { PURPOSES, type Purpose } from '../../../boundary/commands.ts';
import type { Entry, RestoredEntry } from '../../domain/audit/entry.ts';
import { ByPlace } from '../../domain/enrolment/by-place.ts';
import { changesStanding, foldEntry, foldRestored, purposesTouched } from '../../domain/enrolment/fold-entry.ts';
import { placeOf, type Standing, subjectAt } from '../../domain/enrolment/standing.ts';
import { activeIn, activeInText, readStanding, throughInText, writeStanding } from '../standing-text.ts';

/** A standing that the pages have yet to get, and the first entry that what they hold of it lacks. */
interface Unwritten {
  readonly standing: Standing;
  readonly lacks: number;
}

/** A line of a page. */
export interface WrittenStanding {
  readonly place: string;
  readonly text: string;
}

/**
 * The standings in memory: the fold of the whole log. Those that the pages have are kept as their texts, a fifth of
 * what objects cost; the others as what they are, with what the pages lack of them.
 */
export class HotState {
  readonly #texts = new ByPlace<string>();
  // In the order in which they came: the first one of a purpose is its oldest debt.
  readonly #unwritten = new ByPlace<Unwritten>();
  #active = 0;
  #latest_through = -1;

  get active_enrolments(): number {
    return this.#active;
  }

  get written_count(): number {
    return this.#texts.size;
  }

  get unwritten_count(): number {
    return this.#unwritten.size;
  }

  /** The latest entry that any page knows of; -1 when there is none. */
  get latest_through(): number {
    return this.#latest_through;
  }

  /** The first entry that the pages lack; undefined when they have all. */
  get lacking_from(): number | undefined {
    const [first, ...rest] = PURPOSES.flatMap((purpose) => this.#oldestDebt(purpose) ?? []);
    return first === undefined ? undefined : Math.min(first, ...rest);
  }

  standing(subject: string, purpose: Purpose): Standing | undefined {
    const unwritten = this.#unwritten.get(subject, purpose);
    if (unwritten !== undefined) return unwritten.standing;
    const text = this.#texts.get(subject, purpose);
    return text === undefined ? undefined : readStanding(subject, purpose, text);
  }

  /** A line of a page, at start; a later one takes the place of an earlier one. */
  load({ place, text }: WrittenStanding): void {
    const { subject, purpose } = subjectAt(place);
    const before = this.#texts.get(subject, purpose);
    this.#latest_through = Math.max(this.#latest_through, throughInText(text));
    this.#active += activeInText(text) - (before === undefined ? 0 : activeInText(before));
    this.#texts.set(subject, purpose, text);
  }

  /** An entry of the log, at start. The pages may hold it already: they were written later than that. */
  replay(entry: Entry, index: number): void {
    if (entry.kind === 'restored') return this.foldRestored(entry, index);
    if (!changesStanding(entry)) return;
    for (const purpose of purposesTouched(entry)) {
      const before = this.standing(entry.subject, purpose);
      if (before !== undefined && index <= before.through) continue;
      const after = foldEntry(before, purpose, entry, index);
      if (after !== undefined && after !== before) this.put(after, index);
    }
  }

  foldRestored(entry: RestoredEntry, index: number): void {
    for (const purpose of PURPOSES) {
      const subjects = [...this.#texts.of(purpose).keys(), ...this.#unwritten.of(purpose).keys()];
      for (const subject of new Set(subjects)) {
        const before = this.standing(subject, purpose);
        if (before !== undefined && index > before.through) this.put(foldRestored(before, entry, index), index);
      }
    }
  }

  /** @param index the first entry that the pages lack of it, unless they lacked an older one already */
  put(after: Standing, index: number): void {
    const { subject, purpose } = after;
    const unwritten = this.#unwritten.get(subject, purpose);
    const before = unwritten?.standing ?? this.standing(subject, purpose);
    // A state that knows the future would not take an entry in, and a code could be accepted twice.
    if (before !== undefined && after.through <= before.through) throw new Error('a standing is ahead of the log');
    this.#active += activeIn(after) - (before === undefined ? 0 : activeIn(before));
    this.#unwritten.set(subject, purpose, { standing: after, lacks: unwritten?.lacks ?? index });
  }

  /** At most `count` unwritten standings, of the purpose with the oldest debt: what the next page is to hold. */
  oldestUnwritten(count: number): WrittenStanding[] {
    const debts = PURPOSES.map((purpose) => ({
      purpose,
      lacks: this.#oldestDebt(purpose) ?? Number.POSITIVE_INFINITY,
    }));
    const [oldest] = debts.toSorted((a, b) => a.lacks - b.lacks);
    return this.#unwritten
      .of(oldest?.purpose ?? 'second-pin')
      .values()
      .take(count)
      .map(({ standing }) => lineOf(standing))
      .toArray();
  }

  /** The line as it must be written again when its page goes; undefined when another page holds a later one. */
  latestOf({ place, text }: WrittenStanding): WrittenStanding | undefined {
    const { subject, purpose } = subjectAt(place);
    const unwritten = this.#unwritten.get(subject, purpose);
    // What is on the page is what the replay would begin with.
    if (unwritten !== undefined) return lineOf(unwritten.standing);
    return this.#texts.get(subject, purpose) === text ? { place, text } : undefined;
  }

  /** They are in a page now. */
  written(rows: readonly WrittenStanding[]): void {
    for (const { place, text } of rows) {
      const { subject, purpose } = subjectAt(place);
      this.#unwritten.delete(subject, purpose);
      this.#texts.set(subject, purpose, text);
    }
  }

  #oldestDebt(purpose: Purpose): number | undefined {
    return this.#unwritten.of(purpose).values().next().value?.lacks;
  }
}

function lineOf(standing: Standing): WrittenStanding {
  return { place: placeOf(standing.subject, standing.purpose), text: writeStanding(standing) };
}
