import type { FoldPages } from './fold-pages.ts';
import type { HotState } from './hot-state.ts';

export interface FoldLimits {
  /** Below this number nothing is written back: a card that is asked for again is written once for many verdicts. */
  readonly unwritten_left: number;
  /** Newly written lines in a page. */
  readonly page_lines: number;
  /** Pages hold at most this many lines for each standing before old ones are cleared; and some whatever there is. */
  readonly lines_a_standing: number;
  readonly lines_always_allowed: number;
}

export const FOLD_LIMITS: FoldLimits = {
  unwritten_left: 20_000,
  page_lines: 500,
  lines_a_standing: 2,
  lines_always_allowed: 50_000,
};

/** More than one, or clearing would never catch up with writing. */
const CLEARED_AT_ONCE = 2;

/**
 * Brings the fold's pages after the hot state, behind the traffic. A page is only appended and, when most of it was
 * replaced by later pages, dropped: what is still the latest in it moves to the new page (ADR 0018).
 */
export class WriteBack {
  readonly #pages: FoldPages;
  readonly #hot: HotState;
  readonly #limits: FoldLimits;

  constructor(pages: FoldPages, hot: HotState, limits: FoldLimits) {
    this.#pages = pages;
    this.#hot = hot;
    this.#limits = limits;
  }

  get is_due(): boolean {
    return this.#hot.unwritten_count > this.#limits.unwritten_left;
  }

  /** Inside the caller's transaction. */
  writePage(): void {
    const cleared = this.#isWasteful() ? this.#pages.oldest(CLEARED_AT_ONCE) : [];
    const kept = cleared.flatMap((page) => this.#hot.latestIn(page));
    const fresh = this.#hot.nextUnwritten(this.#limits.page_lines);
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
    const { lines_a_standing, lines_always_allowed } = this.#limits;
    return this.#pages.lines > Math.max(lines_always_allowed, this.#hot.written_count * lines_a_standing);
  }
}
