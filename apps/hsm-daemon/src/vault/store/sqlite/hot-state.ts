import { PURPOSES, type Purpose } from '../../../boundary/commands.ts';
import type { Entry, RestoredEntry } from '../../domain/audit/entry.ts';
import { ByPlace } from '../../domain/enrolment/by-place.ts';
import { changesStanding, foldEntry, foldRestored, purposesTouched } from '../../domain/enrolment/fold-entry.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { RowBroken } from '../row-broken.ts';
import { activeIn, activeInText, readStanding, throughInText } from '../standing-text.ts';
import type { FoldPage } from './fold-pages.ts';
import { Generation } from './generation.ts';
import { lineOf, WrittenLines } from './written-lines.ts';

/**
 * The standings in memory: the fold of the whole log. Those that the pages have are kept as their lines, a fifth of
 * what objects cost. What the pages have yet to get are the standings of two generations: the older is being written,
 * the newer takes what changes meanwhile.
 */
export class HotState {
  readonly #lines = new WrittenLines();
  #newer = new Generation();
  #older = new Generation();
  #active = 0;
  #latest_through = -1;

  get active_enrolments(): number {
    return this.#active;
  }

  get written_count(): number {
    return this.#lines.count;
  }

  get unwritten_count(): number {
    return this.#older.unwritten_count + this.#newer.unwritten_count;
  }

  /** The latest entry that any page knows of; -1 when there is none. */
  get latest_through(): number {
    return this.#latest_through;
  }

  /** The first entry that the pages lack; undefined when they have all. */
  get lacking_from(): number | undefined {
    return this.#older.unwritten_count > 0 ? this.#older.first_index : this.#newer.first_index;
  }

  standing(subject: string, purpose: Purpose): Standing | undefined {
    const unwritten = this.#unwritten(subject, purpose);
    if (unwritten !== undefined) return unwritten;
    const text = this.#lines.textOf(subject, purpose);
    return text === undefined ? undefined : readStanding(subject, purpose, text);
  }

  /** A page, at start: later than those before it. @throws RowBroken */
  load({ number, count, bytes }: FoldPage): void {
    const lines = this.#lines.add(number, bytes, (text, before) => {
      this.#latest_through = Math.max(this.#latest_through, throughInText(text));
      this.#active += activeInText(text) - (before === undefined ? 0 : activeInText(before));
    });
    // An earlier page may have a line that one of these replaced, and would take it back.
    if (lines !== count) throw new RowBroken(`fold_page ${number}`, `it has ${lines} lines of ${count}`);
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
    const every = new ByPlace<boolean>();
    for (const { subject, purpose } of this.#everyone()) every.set(subject, purpose, true);
    for (const purpose of PURPOSES) {
      for (const subject of every.of(purpose).keys()) {
        const before = this.standing(subject, purpose);
        if (before !== undefined && index > before.through) this.put(foldRestored(before, entry, index), index);
      }
    }
  }

  /** @param index the first entry that it may hold and the pages lack */
  put(after: Standing, index: number): void {
    const { subject, purpose } = after;
    const unwritten = this.#unwritten(subject, purpose);
    const { through, active } = unwritten ? knownOf(unwritten) : this.#knownInText(subject, purpose);
    // A state that knows the future would not take an entry in, and a code could be accepted twice.
    if (after.through <= through) throw new Error('a standing is ahead of the log');
    this.#active += activeIn(after) - active;
    this.#newer.put(after, index);
  }

  /** The next lines that a page is to hold, at most `count`. */
  nextUnwritten(count: number): string[] {
    if (this.#older.unwritten_count === 0) {
      this.#older = this.#newer;
      this.#newer = new Generation();
    }
    return this.#older.take(count).map(lineOf);
  }

  /** A page that was written: of what stood before in others, and of what was to be written. */
  written(page: number, bytes: Buffer): void {
    this.#lines.add(page, bytes);
  }

  /** The lines of a page that must outlive it. */
  latestIn(page: number): Buffer[] {
    return this.#lines.latestIn(page);
  }

  dropped(page: number): void {
    this.#lines.drop(page);
  }

  *#everyone(): Generator<Pick<Standing, 'subject' | 'purpose'>> {
    yield* this.#lines.places();
    for (const { standings } of [this.#older, this.#newer]) {
      for (const purpose of PURPOSES) yield* standings.of(purpose).values();
    }
  }

  #unwritten(subject: string, purpose: Purpose): Standing | undefined {
    return this.#newer.standings.get(subject, purpose) ?? this.#older.standings.get(subject, purpose);
  }

  #knownInText(subject: string, purpose: Purpose): Known {
    const text = this.#lines.textOf(subject, purpose);
    return text === undefined ? NOTHING_KNOWN : { through: throughInText(text), active: activeInText(text) };
  }
}

/** What must be known of a standing before it is replaced. */
interface Known {
  readonly through: number;
  readonly active: number;
}

const NOTHING_KNOWN: Known = { through: -1, active: 0 };

function knownOf(standing: Standing): Known {
  return { through: standing.through, active: activeIn(standing) };
}
