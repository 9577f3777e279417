import { hexWordAt, PURPOSES, type Purpose } from '@ramz/audit-log';
import { placeOf, type Standing, subjectAt } from '../../domain/enrolment/standing.ts';
import { type Summary, summaryAt, writeStanding } from '../standing-text.ts';
import { RowBroken } from '../store-errors.ts';
import type { FoldPage } from './fold-pages.ts';
import { type LineAt, LineTable } from './line-table.ts';
import { OpenPage } from './open-page.ts';

const SLASH = 0x2f;
const NEW_LINE = 0x0a;
const SPACE = 0x20;
const SUBJECT_CHARS = 32;

/** A page that the store lacks. */
interface UnwrittenPage extends FoldPage {
  /** The first entry of the log that it may hold; undefined when all its lines were in other pages. */
  readonly since: number | undefined;
}

/**
 * The fold's pages in memory, byte for byte as the store has or will have them, and where in them the latest line of each
 * standing is. A line is `place state`. Nothing of it is an object: millions of standings are a few thousand buffers,
 * and a state that was replaced is garbage of no collector.
 */
export class FoldLines {
  readonly #pageLinesMax: number;
  readonly #table = new LineTable();
  readonly #pages = new Map<number, Buffer>();
  // Those that the store lacks, the oldest first; behind them the open one.
  #unwritten: UnwrittenPage[] = [];
  #open = new OpenPage(1);
  #nowhere = new OpenPage(0);

  /** @param pageLinesMax so many lines fill a page */
  constructor(pageLinesMax: number) {
    this.#pageLinesMax = pageLinesMax;
  }

  /** Standings of which there is a line. */
  get count(): number {
    return this.#table.size;
  }

  /** Lines that the store lacks. */
  get unwrittenLines(): number {
    return this.#unwritten.reduce((sum, { count }) => sum + count, this.#open.lines);
  }

  /** The first entry of the log that the pages in the store may lack; undefined when they have all. */
  get lackingFrom(): number | undefined {
    return this.#unwritten.find(({ since }) => since !== undefined)?.since ?? this.#open.since;
  }

  /** What the latest line says of it. */
  textOf(subject: string, purpose: Purpose): string | undefined {
    const line = this.#lineOf(subject, purpose);
    if (line === undefined) return undefined;
    return textAt(this.#bytesOf(line.page), stateAt(line, purpose));
  }

  /**
   * @param since the first entry of the log that the new line may hold and the pages in the store lack
   * @param check is told what the line said that the new one takes the place of; when it throws, nothing is put
   */
  put(standing: Standing, since: number, check: (before: Summary | undefined) => void): void {
    const { subject, purpose } = standing;
    const [high, low] = nameOf(subject, purpose);
    const slot = this.#slotOf(high, low, subject, purpose);
    const former = this.#table.lineAt(slot);
    check(former && this.#summaryAt(former, purpose));
    const offset = this.#open.append(lineOf(standing), since);
    this.#table.put(slot, high, low, { page: this.#open.number, offset });
    this.#closeFull();
  }

  /** The work of `put`, into a page that goes nowhere. Returns what was written there of one that has no line. */
  rehearse(standing: Standing): string | undefined {
    const { subject, purpose } = standing;
    if (this.#nowhere.lines >= this.#pageLinesMax) this.#nowhere = new OpenPage(0);
    const offset = this.#nowhere.append(lineOf(standing), 0);
    const line = this.#lineOf(subject, purpose);
    if (line === undefined) return textAt(this.#nowhere.bytes, stateAt({ page: 0, offset }, purpose));
    this.#summaryAt(line, purpose);
    return undefined;
  }

  /**
   * A page of the store, at start: its lines are later than all that are here, and each later than those before it.
   * `onLine` is told what each says, and what the line said that it takes the place of.
   * @throws RowBroken for a page that has lost a line, ends inside one, or has one that cannot be read
   */
  load({ number, count, bytes }: FoldPage, onLine: (now: Summary, before: Summary | undefined) => void): void {
    let lines = 0;
    this.#open = new OpenPage(number + 1);
    this.#pages.set(number, bytes);
    for (const offset of this.#offsetsIn(number)) {
      lines += 1;
      const line = { page: number, offset };
      const { subject, purpose } = this.#placeAt(line);
      const [high, low] = nameOf(subject, purpose);
      const slot = this.#slotOf(high, low, subject, purpose);
      const former = this.#table.lineAt(slot);
      onLine(this.#readSummary(line, subject, purpose), former && this.#summaryAt(former, purpose));
      this.#table.put(slot, high, low, line);
    }
    // An earlier page may have a line that one of these replaced, and would take it back.
    if (lines !== count) throw new RowBroken(`fold_page ${number}`, `it has ${lines} lines of ${count}`);
  }

  /** What the store lacks, in the order in which it is to be written: all of it, or so many full pages. */
  takeUnwritten(pagesMax: number = Number.POSITIVE_INFINITY): readonly FoldPage[] {
    if (this.#unwritten.length < pagesMax && this.#open.lines > 0) this.#close();
    return this.#unwritten.splice(0, pagesMax);
  }

  /** Writes those lines of a page anew that no other has a later one of: the page may go when what is unwritten is written. */
  renew(page: number): void {
    const bytes = this.#bytesOf(page);
    for (const offset of this.#offsetsIn(page)) {
      const { subject, purpose } = this.#placeAt({ page, offset });
      const latest = this.#lineOf(subject, purpose);
      if (latest?.page !== page || latest.offset !== offset) continue;
      const line = bytes.subarray(offset, bytes.indexOf(NEW_LINE, offset) + 1);
      this.#pointTo({ page: this.#open.number, offset: this.#open.appendBytes(line) }, subject, purpose);
      this.#closeFull();
    }
  }

  /** Its latest lines must have been renewed. */
  drop(page: number): void {
    this.#pages.delete(page);
  }

  *places(): Generator<Pick<Standing, 'subject' | 'purpose'>> {
    for (const line of this.#table.lines()) yield this.#placeAt(line);
  }

  #closeFull(): void {
    if (this.#open.lines >= this.#pageLinesMax) this.#close();
  }

  #close(): void {
    const { number, lines: count, since } = this.#open;
    const bytes = this.#open.close();
    this.#pages.set(number, bytes);
    this.#unwritten.push({ number, count, bytes, since });
    this.#open = new OpenPage(number + 1);
  }

  #lineOf(subject: string, purpose: Purpose): LineAt | undefined {
    const [high, low] = nameOf(subject, purpose);
    return this.#table.lineAt(this.#slotOf(high, low, subject, purpose));
  }

  #pointTo(line: LineAt, subject: string, purpose: Purpose): void {
    const [high, low] = nameOf(subject, purpose);
    this.#table.put(this.#slotOf(high, low, subject, purpose), high, low, line);
  }

  #slotOf(high: number, low: number, subject: string, purpose: Purpose): number {
    return this.#table.slotOf(high, low, (line) => this.#isOf(line, subject, purpose));
  }

  #isOf({ page, offset }: LineAt, subject: string, purpose: Purpose): boolean {
    const bytes = this.#bytesOf(page);
    return isAt(bytes, offset, subject) && isAt(bytes, offset + SUBJECT_CHARS + 1, purpose);
  }

  #placeAt({ page, offset }: LineAt): Pick<Standing, 'subject' | 'purpose'> {
    const bytes = this.#bytesOf(page);
    return subjectAt(bytes.toString('latin1', offset, bytes.indexOf(SPACE, offset)));
  }

  #summaryAt(line: LineAt, purpose: Purpose): Summary {
    return summaryAt(this.#bytesOf(line.page), stateAt(line, purpose));
  }

  /** @throws RowBroken */
  #readSummary(line: LineAt, subject: string, purpose: Purpose): Summary {
    try {
      return this.#summaryAt(line, purpose);
    } catch (error) {
      throw new RowBroken(placeOf(subject, purpose), String(error));
    }
  }

  *#offsetsIn(page: number): Generator<number> {
    const bytes = this.#bytesOf(page);
    for (let offset = 0; offset < bytes.length; ) {
      const end = bytes.indexOf(NEW_LINE, offset);
      if (end < 0 || bytes[offset + SUBJECT_CHARS] !== SLASH)
        throw new RowBroken(`fold_page ${page}`, 'a line is broken');
      yield offset;
      offset = end + 1;
    }
  }

  #bytesOf(page: number): Buffer {
    const bytes = page === this.#open.number ? this.#open.bytes : this.#pages.get(page);
    // A line that is pointed at must outlive its page: anything else would take a floor back.
    if (bytes === undefined) throw new Error(`page ${page} of the fold was dropped with a line that counts`);
    return bytes;
  }
}

function lineOf(standing: Standing): string {
  return `${standing.subject}/${standing.purpose} ${writeStanding(standing)}\n`;
}

/** The rest of a line. */
function textAt(bytes: Buffer, from: number): string {
  return bytes.toString('utf8', from, bytes.indexOf(NEW_LINE, from));
}

/** Where a line's state begins, behind its place. */
function stateAt({ offset }: LineAt, purpose: Purpose): number {
  return offset + SUBJECT_CHARS + 1 + purpose.length + 1;
}

/** 64 bits of a standing's name. A subject is a keyed hash: nobody chooses its digits. */
function nameOf(subject: string, purpose: Purpose): readonly [high: number, low: number] {
  const high = hexWordAt(subject, 0) ^ hexWordAt(subject, 16);
  const low = hexWordAt(subject, 8) ^ hexWordAt(subject, 24);
  return [high >>> 0, (low + PURPOSES.indexOf(purpose)) >>> 0];
}

function isAt(bytes: Buffer, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}
