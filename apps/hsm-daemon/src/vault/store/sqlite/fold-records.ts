import type { Standing } from '../../domain/enrolment/standing.ts';
import { type RecordName, Records, recordName, type Summary } from '../records/records.ts';
import { type FoldPage, pageBroken } from './fold-pages.ts';
import { OpenPage } from './open-page.ts';
import { RecordTable } from './record-table.ts';

/** A page that the store lacks. */
interface UnwrittenPage extends FoldPage {
  /** The first entry of the log that it may hold; undefined when all its records were in other pages. */
  readonly since: number | undefined;
}

/** Where a standing is, or would be: good until the table grows. */
export interface RecordSlot extends RecordName {
  readonly slot: number;
  readonly ofSlots: number;
  /** There is no record of it. */
  readonly isFree: boolean;
}

/**
 * The fold's pages in memory, byte for byte as the store has or will have them, and where in them the latest record of
 * each standing is. Nothing of it is an object: millions of standings are a few thousand buffers, and a state that was
 * replaced is garbage of no collector.
 */
export class FoldRecords {
  readonly #pageRecordsMax: number;
  readonly #table = new RecordTable();
  readonly #pages = new Map<number, Records>();
  // Those that the store lacks, the oldest first; behind them the open one.
  #unwritten: UnwrittenPage[] = [];
  #open = new OpenPage(1);
  #nowhere = new OpenPage(0);

  /** @param pageRecordsMax so many records fill a page */
  constructor(pageRecordsMax: number) {
    this.#pageRecordsMax = pageRecordsMax;
  }

  /** Standings of which there is a record. */
  get count(): number {
    return this.#table.size;
  }

  /** Records that the store lacks. */
  get unwrittenCount(): number {
    return this.#unwritten.reduce((sum, { count }) => sum + count, this.#open.count);
  }

  /** The first entry of the log that the pages in the store may lack; undefined when they have all. */
  get lackingFrom(): number | undefined {
    return this.#unwritten.find(({ since }) => since !== undefined)?.since ?? this.#open.since;
  }

  slotOf(name: RecordName): RecordSlot {
    const slot = this.#find(name);
    const { a, b, c, d, purposeNumber } = name;
    return { a, b, c, d, purposeNumber, slot, ofSlots: this.#table.slots, isFree: this.#table.isFree(slot) };
  }

  /** What the record of a slot that was just found says. @throws RowBroken */
  standingAt({ slot, isFree }: RecordSlot): Standing | undefined {
    if (isFree) return undefined;
    return this.#recordsOf(this.#table.pageAt(slot)).standingAt(this.#table.offsetAt(slot));
  }

  /** The same of any slot, before its record is replaced. @throws RowBroken */
  summaryAt(at: RecordSlot): Summary | undefined {
    return this.#summaryOf(this.#current(at));
  }

  /**
   * @param at where it was found
   * @param since the first entry of the log that the new record may hold and the pages in the store lack
   */
  put(at: RecordSlot, standing: Standing, since: number): void {
    const offset = this.#open.append(standing, since);
    this.#table.put(this.#current(at), at, this.#open.number, offset);
    this.#closeFull();
  }

  /** The work of `put`, into a page that goes nowhere. Returns what was written there of one that has no record. */
  rehearse(standing: Standing): Standing | undefined {
    if (this.#nowhere.count >= this.#pageRecordsMax) this.#nowhere = new OpenPage(0);
    const offset = this.#nowhere.append(standing, 0);
    const summary = this.#summaryOf(this.#find(recordName(standing.subject, standing.purpose)));
    return summary === undefined ? this.#nowhere.records.standingAt(offset) : undefined;
  }

  /**
   * A page of the store, at start: its records are later than all that are here, and each later than those before it.
   * `onRecord` is told what each says, and what the record said that it takes the place of.
   * @throws RowBroken for a page that has lost a record, ends inside one, or has one that cannot be read
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
    // An earlier page may have a record that one of these replaced, and would take it back.
    if (found !== count) throw pageBroken(number, `it has ${found} records of ${count}`);
  }

  /** What the store lacks, in the order in which it is to be written: all of it, or so many full pages. */
  takeUnwritten(pagesMax: number = Number.POSITIVE_INFINITY): readonly FoldPage[] {
    if (this.#unwritten.length < pagesMax && this.#open.count > 0) this.#close();
    return this.#unwritten.splice(0, pagesMax);
  }

  /** Writes those records of a page anew that no other has a later one of: the page may go when what is unwritten is written. */
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

  /** Its latest records must have been renewed. */
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

  /** Where its record is pointed at; or the free slot where it belongs. */
  #find(name: RecordName): number {
    let slot = this.#table.firstSlot(name);
    while (!this.#table.isFree(slot)) {
      if (this.#recordsOf(this.#table.pageAt(slot)).isOf(this.#table.offsetAt(slot), name)) return slot;
      slot = this.#table.slotAfter(slot, name);
    }
    return slot;
  }

  /** A slot that was free may be another's meanwhile, and all have moved when the table has grown. */
  #current(at: RecordSlot): number {
    return at.ofSlots === this.#table.slots && !at.isFree ? at.slot : this.#find(at);
  }

  #summaryOf(slot: number): Summary | undefined {
    if (this.#table.isFree(slot)) return undefined;
    return this.#recordsOf(this.#table.pageAt(slot)).summaryAt(this.#table.offsetAt(slot));
  }

  #recordsOf(page: number): Records {
    const records = page === this.#open.number ? this.#open.records : this.#pages.get(page);
    // A record that is pointed at must outlive its page: anything else would take a floor back.
    if (records === undefined) throw new Error(`page ${page} of the fold was dropped with a record that counts`);
    return records;
  }
}
