import type { Standing } from '../../domain/enrolment/standing.ts';
import { type RecordName, Records, recordName, type Summary } from '../records/records.ts';
import { type FoldPage, pageBroken } from './fold-pages.ts';
import { OpenPage } from './open-page.ts';
import { RecordTable } from './record-table.ts';

/** A page that the store does not have yet. */
interface UnwrittenPage extends FoldPage {
  /** The first log entry that it may hold; undefined when all its records were in other pages. */
  readonly since: number | undefined;
}

/** Where a standing is, or would be. Valid until the table grows. */
export interface RecordSlot extends RecordName {
  readonly slot: number;
  readonly ofSlots: number;
  /** Whether the standing has no record. */
  readonly isFree: boolean;
}

/**
 * The fold's pages in memory, byte for byte as the store has or will have them, and the position of
 * each standing's latest record. Standings are not objects: millions of them are a few thousand
 * buffers, and a replaced state is no work for the garbage collector.
 */
export class FoldRecords {
  readonly #pageRecordsMax: number;
  readonly #table = new RecordTable();
  readonly #pages = new Map<number, Records>();
  // Pages that the store lacks, oldest first. The open page follows them.
  #unwritten: UnwrittenPage[] = [];
  #open = new OpenPage(1);
  #nowhere = new OpenPage(0);

  /** @param pageRecordsMax number of records that fill a page */
  constructor(pageRecordsMax: number) {
    this.#pageRecordsMax = pageRecordsMax;
  }

  /** Number of standings that have a record. */
  get count(): number {
    return this.#table.size;
  }

  /** Number of records that the store lacks. */
  get unwrittenCount(): number {
    return this.#unwritten.reduce((sum, { count }) => sum + count, this.#open.count);
  }

  /** The first log entry that the stored pages may lack; undefined when they have all. */
  get lackingFrom(): number | undefined {
    return this.#unwritten.find(({ since }) => since !== undefined)?.since ?? this.#open.since;
  }

  slotOf(name: RecordName): RecordSlot {
    const slot = this.#find(name);
    const { a, b, c, d, purposeNumber } = name;
    return { a, b, c, d, purposeNumber, slot, ofSlots: this.#table.slots, isFree: this.#table.isFree(slot) };
  }

  /**
   * Returns the standing in a slot that was just found.
   * @throws RowBroken
   */
  standingAt({ slot, isFree }: RecordSlot): Standing | undefined {
    if (isFree) return undefined;
    return this.#recordsOf(this.#table.pageAt(slot)).standingAt(this.#table.offsetAt(slot));
  }

  /**
   * Returns the summary of any slot, before its record is replaced.
   * @throws RowBroken
   */
  summaryAt(at: RecordSlot): Summary | undefined {
    return this.#summaryOf(this.#current(at));
  }

  /**
   * Appends a standing's new record.
   * @param at where the standing was found
   * @param since the first log entry that the new record may hold and the stored pages lack
   */
  put(at: RecordSlot, standing: Standing, since: number): void {
    const offset = this.#open.append(standing, since);
    this.#table.put(this.#current(at), at, this.#open.number, offset);
    this.#closeFull();
  }

  /**
   * Does the work of `put` on a page that is discarded. Returns what it wrote there when the
   * standing has no record.
   */
  rehearse(standing: Standing): Standing | undefined {
    if (this.#nowhere.count >= this.#pageRecordsMax) this.#nowhere = new OpenPage(0);
    const offset = this.#nowhere.append(standing, 0);
    const summary = this.#summaryOf(this.#find(recordName(standing.subject, standing.purpose)));
    return summary === undefined ? this.#nowhere.records.standingAt(offset) : undefined;
  }

  /**
   * Loads a page of the store, at start. Its records are later than all that are here, and each is
   * later than those before it. `onRecord` gets the summary of each record and of the one it
   * replaces.
   * @throws RowBroken for a page that lost a record, ends inside one, or has an unreadable one
   */
  load({ number, count, bytes }: FoldPage, onRecord: (now: Summary, before: Summary | undefined) => void): void {
    const records = new Records(bytes);
    this.#open = new OpenPage(number + 1);
    this.#pages.set(number, records);
    let found = 0;
    for (let at = 0, end = 0; at < bytes.length; at = end, found++) {
      end = records.endOf(at);
      const name = records.nameAt(at);
      const slot = this.#find(name);
      onRecord(records.summaryAt(at), this.#summaryOf(slot));
      this.#table.put(slot, name, number, at);
    }
    // Without a lost record, an older one in an earlier page would be the latest again.
    if (found !== count) throw pageBroken(number, `it has ${found} records of ${count}`);
  }

  /** Returns pages that the store lacks, in write order: all, or at most `pagesMax` full ones. */
  takeUnwritten(pagesMax: number = Number.POSITIVE_INFINITY): readonly FoldPage[] {
    if (this.#unwritten.length < pagesMax && this.#open.count > 0) this.#close();
    return this.#unwritten.splice(0, pagesMax);
  }

  /**
   * Appends those records of a page again that are still the latest. The page may be dropped once
   * all unwritten pages are written.
   */
  renew(page: number): void {
    const records = this.#recordsOf(page);
    let end = 0;
    for (let at = 0; at < records.bytes.length; at = end) {
      end = records.endOf(at);
      const name = records.nameAt(at);
      const slot = this.#find(name);
      if (this.#table.pageAt(slot) !== page || this.#table.offsetAt(slot) !== at) continue;
      this.#table.put(slot, name, this.#open.number, this.#open.appendFrom(records, at, end));
      this.#closeFull();
    }
  }

  /** Drops a page. Its latest records must have been renewed. */
  drop(page: number): void {
    this.#pages.delete(page);
  }

  *places(): Generator<Pick<Standing, 'subject' | 'purpose'>> {
    for (let slot = 0; slot < this.#table.slots; slot++) {
      if (this.#table.isFree(slot)) continue;
      yield this.#recordsOf(this.#table.pageAt(slot)).placeAt(this.#table.offsetAt(slot));
    }
  }

  #closeFull(): void {
    if (this.#open.count >= this.#pageRecordsMax) this.#close();
  }

  #close(): void {
    const { number, count, since } = this.#open;
    const records = this.#open.close();
    this.#pages.set(number, records);
    this.#unwritten.push({ number, count, bytes: records.bytes, since });
    this.#open = new OpenPage(number + 1);
  }

  /** Returns the slot that points at the standing's record, or the free slot where it belongs. */
  #find(name: RecordName): number {
    let slot = this.#table.firstSlot(name);
    while (!this.#table.isFree(slot)) {
      if (this.#recordsOf(this.#table.pageAt(slot)).isOf(this.#table.offsetAt(slot), name)) return slot;
      slot = this.#table.slotAfter(slot, name);
    }
    return slot;
  }

  /** Finds a slot again: a free one may be taken meanwhile, and all move when the table grows. */
  #current(at: RecordSlot): number {
    return at.ofSlots === this.#table.slots && !at.isFree ? at.slot : this.#find(at);
  }

  #summaryOf(slot: number): Summary | undefined {
    if (this.#table.isFree(slot)) return undefined;
    return this.#recordsOf(this.#table.pageAt(slot)).summaryAt(this.#table.offsetAt(slot));
  }

  #recordsOf(page: number): Records {
    const records = page === this.#open.number ? this.#open.records : this.#pages.get(page);
    // A record in the table must not be dropped with its page: that would lower a floor.
    if (records === undefined) throw new Error(`page ${page} of the fold was dropped with a record in use`);
    return records;
  }
}
