import type { FoldPage, FoldPages } from './fold-pages.ts';
import type { HotState } from './hot-state.ts';

export interface FoldLimits {
  /** Below this number of lines nothing is written. */
  readonly pageLines: number;
  /** A page has at most so many, and so many pages are written at once: after a restore every standing waits to be. */
  readonly pageLinesMax: number;
  readonly pagesAtOnce: number;
  /** Pages hold at most this many lines for each standing before old ones are cleared; and some whatever there is. */
  readonly linesAStanding: number;
  readonly linesAlwaysAllowed: number;
}

export const FOLD_LIMITS: FoldLimits = {
  pageLines: 500,
  pageLinesMax: 5_000,
  // Some 3 MB, and 10 ms.
  pagesAtOnce: 4,
  linesAStanding: 2,
  linesAlwaysAllowed: 50_000,
};

/** Pages that are to be written, and old ones that go with them. */
interface PageBatch {
  readonly pages: readonly FoldPage[];
  readonly cleared: readonly number[];
}
const NO_PAGES: PageBatch = { pages: [], cleared: [] };

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
  #underWay: PageBatch | undefined;

  constructor(pages: FoldPages, hot: HotState, limits: FoldLimits) {
    this.#pages = pages;
    this.#hot = hot;
    this.#limits = limits;
  }

  get isDue(): boolean {
    return this.#underWay !== undefined || this.#hot.unwrittenLines >= this.#limits.pageLines;
  }

  get isDone(): boolean {
    return this.#underWay === undefined && this.#hot.unwrittenLines === 0;
  }

  /** Inside the caller's transaction; `written` when it is done. What could not be written is written the next time. */
  writeSome(): void {
    const { pages, cleared } = (this.#underWay ??= this.#take());
    for (const page of pages) this.#pages.append(page);
    for (const old of cleared) this.#pages.drop(old);
  }

  written(): void {
    const { pages, cleared } = this.#underWay ?? NO_PAGES;
    this.#underWay = undefined;
    this.#pages.count(pages, cleared);
    for (const old of cleared) this.#hot.dropped(old);
  }

  #take(): PageBatch {
    const { pageLinesMax, pagesAtOnce } = this.#limits;
    const { unwrittenLines } = this.#hot;
    // A page may only be dropped when each line that takes the place of one of its own is in the store.
    const isAll = unwrittenLines < pageLinesMax * pagesAtOnce;
    const cleared = isAll && this.#isWasteful() ? this.#pages.oldest(CLEARED_A_LINE * unwrittenLines) : [];
    for (const old of cleared) this.#hot.renew(old);
    const pages = isAll ? this.#hot.takeUnwritten() : this.#hot.takeUnwritten(pagesAtOnce);
    return { pages, cleared };
  }

  #isWasteful(): boolean {
    const { linesAStanding, linesAlwaysAllowed } = this.#limits;
    return this.#pages.lines > Math.max(linesAlwaysAllowed, this.#hot.count * linesAStanding);
  }
}
