import type { FoldPage, FoldPages } from './fold-pages.ts';
import type { HotState } from './hot-state.ts';

export interface FoldLimits {
  /** Below this number of lines nothing is written. */
  readonly page_lines: number;
  /** A page has at most so many, and so many pages are written at once: after a restore every standing waits to be. */
  readonly page_lines_max: number;
  readonly pages_at_once: number;
  /** Pages hold at most this many lines for each standing before old ones are cleared; and some whatever there is. */
  readonly lines_a_standing: number;
  readonly lines_always_allowed: number;
}

export const FOLD_LIMITS: FoldLimits = {
  page_lines: 500,
  page_lines_max: 5_000,
  // Some 3 MB, and 10 ms.
  pages_at_once: 4,
  lines_a_standing: 2,
  lines_always_allowed: 50_000,
};

/** Pages that are to be written, and old ones that go with them. */
interface Taken {
  readonly pages: readonly FoldPage[];
  readonly cleared: readonly number[];
}
const NOTHING_TAKEN: Taken = { pages: [], cleared: [] };

/** For each new line. More than one, or clearing would never catch up with writing. */
const CLEARED_A_LINE = 2;

/**
 * Brings the fold's pages in the store after those in memory, behind the traffic. A page is only appended and, when most
 * of it was replaced by later pages, dropped: what is still the latest in it is written anew (ADR 0018).
 */
export class WriteBack {
  readonly #pages: FoldPages;
  readonly #hot: HotState;
  readonly #limits: FoldLimits;
  #under_way: Taken | undefined;

  constructor(pages: FoldPages, hot: HotState, limits: FoldLimits) {
    this.#pages = pages;
    this.#hot = hot;
    this.#limits = limits;
  }

  get is_due(): boolean {
    return this.#under_way !== undefined || this.#hot.unwritten_lines >= this.#limits.page_lines;
  }

  get is_done(): boolean {
    return this.#under_way === undefined && this.#hot.unwritten_lines === 0;
  }

  /** Inside the caller's transaction; `written` when it is done. What could not be written is written the next time. */
  writeSome(): void {
    const { pages, cleared } = (this.#under_way ??= this.#take());
    for (const page of pages) this.#pages.append(page);
    for (const old of cleared) this.#pages.drop(old);
  }

  written(): void {
    const { pages, cleared } = this.#under_way ?? NOTHING_TAKEN;
    this.#under_way = undefined;
    this.#pages.count(pages, cleared);
    for (const old of cleared) this.#hot.dropped(old);
  }

  #take(): Taken {
    const { page_lines_max, pages_at_once } = this.#limits;
    const { unwritten_lines } = this.#hot;
    // A page may only be dropped when each line that takes the place of one of its own is in the store.
    const is_all = unwritten_lines < page_lines_max * pages_at_once;
    const cleared = is_all && this.#isWasteful() ? this.#pages.oldest(CLEARED_A_LINE * unwritten_lines) : [];
    for (const old of cleared) this.#hot.renew(old);
    const pages = is_all ? this.#hot.takeUnwritten() : this.#hot.takeUnwritten(pages_at_once);
    return { pages, cleared };
  }

  #isWasteful(): boolean {
    const { lines_a_standing, lines_always_allowed } = this.#limits;
    return this.#pages.lines > Math.max(lines_always_allowed, this.#hot.count * lines_a_standing);
  }
}
