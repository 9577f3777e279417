import type { FoldPages } from './fold-pages.ts';
import type { HotState } from './hot-state.ts';

/** Below this number nothing is written back: a card that is asked for again is written once for many verdicts. */
const UNWRITTEN_LEFT = 20_000;
const PAGE_LINES = 500;
/** Pages hold at most this many lines for each standing before old ones are cleared; and these many whatever there is. */
const LINES_A_STANDING = 2;
const LINES_ALWAYS_ALLOWED = 50_000;
/** More than one, or clearing would never catch up with writing. */
const CLEARED_AT_ONCE = 2;

/**
 * Brings the fold's pages after the hot state, behind the traffic. A page is only appended and, when most of it was
 * replaced by later pages, dropped: what is still the latest in it moves to the new page (ADR 0018).
 */
export class WriteBack {
  readonly #pages: FoldPages;
  readonly #hot: HotState;

  constructor(pages: FoldPages, hot: HotState) {
    this.#pages = pages;
    this.#hot = hot;
  }

  get is_due(): boolean {
    return this.#hot.unwritten_count > UNWRITTEN_LEFT;
  }

  /** Inside the caller's transaction. */
  writePage(): void {
    const cleared = this.#isWasteful() ? this.#pages.oldest(CLEARED_AT_ONCE) : [];
    const kept = cleared.flatMap((page) => this.#hot.latestIn(page));
    const fresh = this.#hot.nextUnwritten(PAGE_LINES);
    // Of two lines of one standing the later counts.
    const bytes = Buffer.concat([...kept, Buffer.from(fresh.join(''))]);
    const page = this.#pages.append(kept.length + fresh.length, bytes);
    this.#hot.written(page, bytes);
    for (const old of cleared) {
      this.#pages.drop(old);
      this.#hot.dropped(old);
    }
  }

  writeAll(): void {
    while (this.#hot.unwritten_count > 0) this.writePage();
  }

  #isWasteful(): boolean {
    return this.#pages.lines > Math.max(LINES_ALWAYS_ALLOWED, this.#hot.written_count * LINES_A_STANDING);
  }
}
