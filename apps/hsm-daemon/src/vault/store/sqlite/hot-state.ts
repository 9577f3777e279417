import { PURPOSES, type Purpose } from '../../../boundary/commands.ts';
import type { Entry, RestoredEntry } from '../../domain/audit/entry.ts';
import { changesStanding, foldEntry, foldRestored, purposesTouched } from '../../domain/enrolment/fold-entry.ts';
import { placeOf, type Standing, subjectAt } from '../../domain/enrolment/standing.ts';
import { activeIn, activeInText, readStanding, writeStanding } from '../standing-text.ts';

/** A standing that the table has yet to get, and the first entry that its row lacks. */
interface Unwritten {
  readonly standing: Standing;
  readonly lacks: number;
}

/** A row for the table. */
export interface WrittenStanding {
  readonly place: string;
  readonly through: number;
  readonly text: string;
}

/**
 * The standings in memory: the fold of the whole log. Those that the table has are kept as their texts, a fifth of what
 * objects cost; the others as what they are, with what the table lacks of them.
 */
export class HotState {
  readonly #texts: ReadonlyMap<Purpose, Map<string, string>> = new Map(
    PURPOSES.map((purpose) => [purpose, new Map<string, string>()]),
  );
  // A Map keeps the order of insertion, so the first one is the oldest debt.
  readonly #unwritten = new Map<string, Unwritten>();
  #active = 0;
  #latest_through = -1;

  get active_enrolments(): number {
    return this.#active;
  }

  get unwritten(): number {
    return this.#unwritten.size;
  }

  /** The latest entry that any row of the table holds; -1 when there is none. */
  get latest_through(): number {
    return this.#latest_through;
  }

  standing(subject: string, purpose: Purpose): Standing | undefined {
    const unwritten = this.#unwritten.get(placeOf(subject, purpose));
    if (unwritten !== undefined) return unwritten.standing;
    const text = this.#textsOf(purpose).get(subject);
    return text === undefined ? undefined : readStanding(subject, purpose, text);
  }

  /** A row of the table, at start. */
  load({ place, through, text }: WrittenStanding): void {
    const { subject, purpose } = subjectAt(place);
    this.#latest_through = Math.max(this.#latest_through, through);
    this.#active += activeInText(text);
    this.#textsOf(purpose).set(subject, text);
  }

  /** An entry of the log, at start. The table's row may hold it already: it was written later than that. */
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
      const subjects = [...this.#textsOf(purpose).keys()];
      for (const subject of new Set([...subjects, ...this.#unwrittenOf(purpose)])) {
        const before = this.standing(subject, purpose);
        if (before !== undefined && index > before.through) this.put(foldRestored(before, entry, index), index);
      }
    }
  }

  /** @param index the first entry that the table lacks of it, unless it lacked an older one already */
  put(after: Standing, index: number): void {
    const { subject, purpose } = after;
    const before = this.standing(subject, purpose);
    // A state that knows the future would not take an entry in, and a code could be accepted twice.
    if (before !== undefined && after.through <= before.through) throw new Error('a standing is ahead of the log');
    this.#active += activeIn(after) - (before === undefined ? 0 : activeIn(before));
    const place = placeOf(subject, purpose);
    this.#unwritten.set(place, { standing: after, lacks: this.#unwritten.get(place)?.lacks ?? index });
  }

  /** The oldest unwritten standings as rows, at most `count`. */
  oldestUnwritten(count: number): WrittenStanding[] {
    return this.#unwritten
      .entries()
      .take(count)
      .map(([place, { standing }]) => ({ place, through: standing.through, text: writeStanding(standing) }))
      .toArray();
  }

  /** They are in the table now. Returns the first entry that the table still lacks, if any. */
  written(rows: readonly WrittenStanding[]): number | undefined {
    for (const { place, text } of rows) {
      const { subject, purpose } = subjectAt(place);
      this.#unwritten.delete(place);
      this.#textsOf(purpose).set(subject, text);
    }
    return this.#unwritten.values().next().value?.lacks;
  }

  #unwrittenOf(purpose: Purpose): string[] {
    return [...this.#unwritten.keys()].map(subjectAt).flatMap((at) => (at.purpose === purpose ? [at.subject] : []));
  }

  #textsOf(purpose: Purpose): Map<string, string> {
    const texts = this.#texts.get(purpose);
    if (texts === undefined) throw new RangeError(`there is no purpose ${purpose}`);
    return texts;
  }
}
