import { PURPOSES, type Purpose } from '../../../boundary/commands.ts';
import { placeOf, type Standing, subjectAt } from '../../domain/enrolment/standing.ts';
import { hexWordAt } from '../../domain/hex-digits.ts';
import { RowBroken } from '../row-broken.ts';
import { writeStanding } from '../standing-text.ts';
import { type LineAt, LineTable } from './line-table.ts';

const SPACE = 0x20;
const SLASH = 0x2f;
const NEW_LINE = 0x0a;
const SUBJECT_CHARS = 32;

/** A line of the fold as the pages have it: `place state`. */
export function lineOf(standing: Standing): string {
  return `${placeOf(standing.subject, standing.purpose)} ${writeStanding(standing)}\n`;
}

/**
 * The fold's pages in memory, byte for byte as they are in the store, and where in them the latest line of each standing
 * is. Nothing of it is an object: millions of standings are a few thousand buffers.
 */
export class WrittenLines {
  readonly #pages = new Map<number, Buffer>();
  readonly #table = new LineTable();

  /** Standings of which there is a line. */
  get count(): number {
    return this.#table.size;
  }

  /** What the latest line says of it. */
  textOf(subject: string, purpose: Purpose): string | undefined {
    const line = this.#table.lineAt(this.#slotOf(subject, purpose));
    return line && this.#textAt(line);
  }

  /**
   * Takes a page in: its lines are later than all that are here, and each later than those before it in the page.
   * `onLine` is told what each says, and what the line said that it takes the place of. Returns how many they are.
   * @throws RowBroken for a page that ends inside a line, or has one that `onLine` can not read
   */
  add(page: number, bytes: Buffer, onLine?: (text: string, before: string | undefined) => void): number {
    let lines = 0;
    this.#pages.set(page, bytes);
    for (const offset of this.#offsetsIn(page)) {
      lines += 1;
      const { subject, purpose } = this.#placeAt({ page, offset });
      const [high, low] = nameOf(subject, purpose);
      const slot = this.#table.slotOf(high, low, (line) => this.#isOf(line, subject, purpose));
      const before = this.#table.lineAt(slot);
      try {
        onLine?.(this.#textAt({ page, offset }), before && this.#textAt(before));
      } catch (error) {
        throw new RowBroken(placeOf(subject, purpose), String(error));
      }
      this.#table.put(slot, high, low, { page, offset });
    }
    return lines;
  }

  /** Bytes of the lines of a page that no other page has a later one of: they must outlive it. */
  latestIn(page: number): Buffer[] {
    const bytes = this.#bytesOf(page);
    return [...this.#offsetsIn(page)].flatMap((offset) => {
      const { subject, purpose } = this.#placeAt({ page, offset });
      const latest = this.#table.lineAt(this.#slotOf(subject, purpose));
      if (latest?.page !== page || latest.offset !== offset) return [];
      return [bytes.subarray(offset, bytes.indexOf(NEW_LINE, offset) + 1)];
    });
  }

  /** Its latest lines must be in later pages by now. */
  drop(page: number): void {
    this.#pages.delete(page);
  }

  *places(): Generator<Pick<Standing, 'subject' | 'purpose'>> {
    for (const line of this.#table.lines()) yield this.#placeAt(line);
  }

  #slotOf(subject: string, purpose: Purpose): number {
    const [high, low] = nameOf(subject, purpose);
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

  #textAt({ page, offset }: LineAt): string {
    const bytes = this.#bytesOf(page);
    const from = bytes.indexOf(SPACE, offset) + 1;
    return bytes.toString('utf8', from, bytes.indexOf(NEW_LINE, from));
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
    const bytes = this.#pages.get(page);
    // A line that is pointed at must outlive its page: anything else would take a floor back.
    if (bytes === undefined) throw new Error(`page ${page} of the fold was dropped with a line that counts`);
    return bytes;
  }
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
