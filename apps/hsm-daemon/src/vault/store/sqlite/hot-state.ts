import type { Entry, Purpose, RestoredEntry } from '@ramz/audit-log';
import { changesStanding, foldEntry, foldRestored, purposesTouched } from '../../domain/enrolment/fold-entry.ts';
import { activeIn, type Standing } from '../../domain/enrolment/standing.ts';
import { recordName } from '../records/records.ts';
import type { FoldPage } from './fold-pages.ts';
import { FoldRecords, type RecordSlot } from './fold-records.ts';

/** The standings in memory: the fold of the whole log, as records of the pages that the store has or is yet to get. */
export class HotState {
  readonly #records: FoldRecords;
  #active = 0;
  #latestThrough = -1;
  #latestRehearsed: Standing | undefined;

  /** @param pageRecordsMax so many records fill a page */
  constructor(pageRecordsMax: number) {
    this.#records = new FoldRecords(pageRecordsMax);
  }

  get activeEnrolments(): number {
    return this.#active;
  }

  /** Standings that there are. */
  get count(): number {
    return this.#records.count;
  }

  /** Records that no page of the store has. */
  get unwrittenCount(): number {
    return this.#records.unwrittenCount;
  }

  /** The latest entry that any page of the store knew of at the start; -1 when there was none. */
  get latestThrough(): number {
    return this.#latestThrough;
  }

  /** The first entry that the pages in the store may lack; undefined when they have all. */
  get lackingFrom(): number | undefined {
    return this.#records.lackingFrom;
  }

  /** Where it is, or would be. */
  slotOf(subject: string, purpose: Purpose): RecordSlot {
    return this.#records.slotOf(recordName(subject, purpose));
  }

  /** @throws RowBroken */
  standingAt(slot: RecordSlot): Standing | undefined {
    return this.#records.standingAt(slot);
  }

  /** @throws RowBroken */
  standing(subject: string, purpose: Purpose): Standing | undefined {
    return this.standingAt(this.slotOf(subject, purpose));
  }

  /** A page, at start: later than those before it. @throws RowBroken */
  load(page: FoldPage): void {
    this.#records.load(page, (now, before) => {
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
    // Each keeps its slot in the table, whatever record it points to.
    for (const { subject, purpose } of this.#records.places()) {
      const before = this.standing(subject, purpose);
      if (before !== undefined && index > before.through) this.put(foldRestored(before, entry, index), index);
    }
  }

  /**
   * @param since the first entry that it may hold and the pages in the store lack
   * @param at where it was found
   */
  put(after: Standing, since: number, at: RecordSlot = this.slotOf(after.subject, after.purpose)): void {
    const before = this.#records.summaryAt(at);
    // A state that knows the future would not take an entry in, and a code could be accepted twice.
    if (before !== undefined && after.through <= before.through) throw new Error('a standing is ahead of the log');
    this.#records.put(at, after, since);
    this.#active += activeIn(after) - (before?.active ?? 0);
  }

  /** The work of `put`, of which nothing comes; and that of reading, for a subject of whom nothing was read. */
  rehearse(standing: Standing): void {
    this.#latestRehearsed = this.#records.rehearse(standing) ?? this.#latestRehearsed;
  }

  /** Kept, so that the compiler does not find the work useless and leave it out. */
  get latestRehearsed(): Standing | undefined {
    return this.#latestRehearsed;
  }

  /** Pages that the store is to get, in this order: all, or so many full ones. */
  takeUnwritten(pagesMax?: number): readonly FoldPage[] {
    return this.#records.takeUnwritten(pagesMax);
  }

  /** What of a page still counts is written anew. */
  renew(page: number): void {
    this.#records.renew(page);
  }

  dropped(page: number): void {
    this.#records.drop(page);
  }
}
