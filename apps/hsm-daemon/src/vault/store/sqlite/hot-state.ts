import type { Entry, Purpose, RestoredEntry } from '@ramz/audit-log';
import { changesStanding, foldEntry, foldRestored, purposesTouched } from '../../domain/enrolment/fold-entry.ts';
import { activeIn, type Standing } from '../../domain/enrolment/standing.ts';
import { recordName } from '../records/records.ts';
import type { FoldPage } from './fold-pages.ts';
import { FoldRecords, type RecordSlot } from './fold-records.ts';

/** The standings in memory: the fold of the whole log, as records in stored and future pages. */
export class HotState {
  readonly #records: FoldRecords;
  #active = 0;
  #latestThrough = -1;
  #latestRehearsed: Standing | undefined;

  /** @param pageRecordsMax number of records that fill a page */
  constructor(pageRecordsMax: number) {
    this.#records = new FoldRecords(pageRecordsMax);
  }

  get activeEnrolments(): number {
    return this.#active;
  }

  /** Number of standings. */
  get count(): number {
    return this.#records.count;
  }

  /** Number of records that no stored page has. */
  get unwrittenCount(): number {
    return this.#records.unwrittenCount;
  }

  /** The latest entry that a stored page knew of at the start; -1 when there was no page. */
  get latestThrough(): number {
    return this.#latestThrough;
  }

  /** The first entry that the stored pages may lack; undefined when they have all. */
  get lackingFrom(): number | undefined {
    return this.#records.lackingFrom;
  }

  /** Returns where a standing is, or would be. */
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

  /**
   * Loads a page, at start. It must be later than those before it.
   * @throws RowBroken
   */
  load(page: FoldPage): void {
    this.#records.load(page, (now, before) => {
      this.#latestThrough = Math.max(this.#latestThrough, now.through);
      this.#active += now.active - (before?.active ?? 0);
    });
  }

  /** Replays a log entry, at start. The pages, which are written later, may include it already. */
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
    // Safe while iterating: a standing keeps its slot when its record changes.
    for (const { subject, purpose } of this.#records.places()) {
      const before = this.standing(subject, purpose);
      if (before !== undefined && index > before.through) this.put(foldRestored(before, entry, index), index);
    }
  }

  /**
   * Stores a standing's new state.
   * @param since the first entry that it may hold and the stored pages lack
   * @param at where it was found
   */
  put(after: Standing, since: number, at: RecordSlot = this.slotOf(after.subject, after.purpose)): void {
    const before = this.#records.summaryAt(at);
    // A state that is ahead of the log would skip an entry, and a code could be accepted twice.
    if (before !== undefined && after.through <= before.through) throw new Error('a standing is ahead of the log');
    this.#records.put(at, after, since);
    this.#active += activeIn(after) - (before?.active ?? 0);
  }

  /** Same cost as `put` without its effect. Also reads a standing back if the subject has none. */
  rehearse(standing: Standing): void {
    this.#latestRehearsed = this.#records.rehearse(standing) ?? this.#latestRehearsed;
  }

  /** Kept so that the compiler does not remove the work as dead code. */
  get latestRehearsed(): Standing | undefined {
    return this.#latestRehearsed;
  }

  /** Returns pages to write, in this order: all, or at most `pagesMax` full ones. */
  takeUnwritten(pagesMax?: number): readonly FoldPage[] {
    return this.#records.takeUnwritten(pagesMax);
  }

  /** Appends those records of a page again that are still the latest. */
  renew(page: number): void {
    this.#records.renew(page);
  }

  dropped(page: number): void {
    this.#records.drop(page);
  }
}
