import type { Entry, Purpose, RestoredEntry } from '@ramz/audit-log';
import { changesStanding, foldEntry, foldRestored, purposesTouched } from '../../domain/enrolment/fold-entry.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { activeIn, readStanding } from '../standing-text.ts';
import { FoldLines } from './fold-lines.ts';
import type { FoldPage } from './fold-pages.ts';

/** The standings in memory: the fold of the whole log, as lines of the pages that the store has or is yet to get. */
export class HotState {
  readonly #lines: FoldLines;
  #active = 0;
  #latestThrough = -1;
  #latestRehearsed: Standing | undefined;

  /** @param pageLinesMax so many lines fill a page */
  constructor(pageLinesMax: number) {
    this.#lines = new FoldLines(pageLinesMax);
  }

  get activeEnrolments(): number {
    return this.#active;
  }

  /** Standings that there are. */
  get count(): number {
    return this.#lines.count;
  }

  /** Lines that no page of the store has. */
  get unwrittenLines(): number {
    return this.#lines.unwrittenLines;
  }

  /** The latest entry that any page of the store knew of at the start; -1 when there was none. */
  get latestThrough(): number {
    return this.#latestThrough;
  }

  /** The first entry that the pages in the store may lack; undefined when they have all. */
  get lackingFrom(): number | undefined {
    return this.#lines.lackingFrom;
  }

  standing(subject: string, purpose: Purpose): Standing | undefined {
    const text = this.#lines.textOf(subject, purpose);
    return text === undefined ? undefined : readStanding(subject, purpose, text);
  }

  /** A page, at start: later than those before it. @throws RowBroken */
  load(page: FoldPage): void {
    this.#lines.load(page, (now, before) => {
      this.#latestThrough = Math.max(this.#latestThrough, now.through);
      this.#active += now.active - (before?.active ?? 0);
    });
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
    // Each keeps its slot in the table, whatever line it points to.
    for (const { subject, purpose } of this.#lines.places()) {
      const before = this.standing(subject, purpose);
      if (before !== undefined && index > before.through) this.put(foldRestored(before, entry, index), index);
    }
  }

  /** @param since the first entry that it may hold and the pages in the store lack */
  put(after: Standing, since: number): void {
    this.#lines.put(after, since, (before) => {
      // A state that knows the future would not take an entry in, and a code could be accepted twice.
      if (before !== undefined && after.through <= before.through) throw new Error('a standing is ahead of the log');
      this.#active += activeIn(after) - (before?.active ?? 0);
    });
  }

  /** The work of `put`, of which nothing comes; and that of reading, for a subject of whom nothing was read. */
  rehearse(standing: Standing): void {
    const text = this.#lines.rehearse(standing);
    if (text !== undefined) this.#latestRehearsed = readStanding(standing.subject, standing.purpose, text);
  }

  /** Kept, so that the compiler does not find the work useless and leave it out. */
  get latestRehearsed(): Standing | undefined {
    return this.#latestRehearsed;
  }

  /** Pages that the store is to get, in this order: all, or so many full ones. */
  takeUnwritten(pagesMax?: number): readonly FoldPage[] {
    return this.#lines.takeUnwritten(pagesMax);
  }

  /** What of a page still counts is written anew. */
  renew(page: number): void {
    this.#lines.renew(page);
  }

  dropped(page: number): void {
    this.#lines.drop(page);
  }
}
