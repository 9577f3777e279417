import type { FoldPage, FoldPages } from './fold-pages.ts';
import type { HotState } from './hot-state.ts';

export interface FoldLimits {
  /** Below this number of records nothing is written. */
  readonly pageRecords: number;
  /** A page has at most so many, and so many pages are written at once: after a restore every standing waits to be. */
  readonly pageRecordsMax: number;
  readonly pagesAtOnce: number;
  /** Pages hold at most this many records for each standing before old ones are cleared; and some whatever there is. */
  readonly recordsAStanding: number;
  readonly recordsAlwaysAllowed: number;
}

export const FOLD_LIMITS: FoldLimits = {
  pageRecords: 500,
  pageRecordsMax: 5_000,
  // Some 3 MB, and 10 ms.
  pagesAtOnce: 4,
  recordsAStanding: 2,
  recordsAlwaysAllowed: 50_000,
};

/** Pages that are to be written, and old ones that go with them. */
interface PageBatch {
  readonly pages: readonly FoldPage[];
  readonly cleared: readonly number[];
}
const NO_PAGES: PageBatch = { pages: [], cleared: [] };

/** For each new record. More than one, or clearing would never catch up with writing. */
const CLEARED_A_RECORD = 2;

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
    return this.#underWay !== undefined || this.#hot.unwrittenCount >= this.#limits.pageRecords;
  }

  get isDone(): boolean {
    return this.#underWay === undefined && this.#hot.unwrittenCount === 0;
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
    const { pageRecordsMax, pagesAtOnce } = this.#limits;
    const { unwrittenCount } = this.#hot;
    // A page may only be dropped when each record that takes the place of one of its own is in the store.
    const isAll = unwrittenCount < pageRecordsMax * pagesAtOnce;
    const cleared = isAll && this.#isWasteful() ? this.#pages.oldest(CLEARED_A_RECORD * unwrittenCount) : [];
    for (const old of cleared) this.#hot.renew(old);
    const pages = isAll ? this.#hot.takeUnwritten() : this.#hot.takeUnwritten(pagesAtOnce);
    return { pages, cleared };
  }

  #isWasteful(): boolean {
    const { recordsAStanding, recordsAlwaysAllowed } = this.#limits;
    return this.#pages.records > Math.max(recordsAlwaysAllowed, this.#hot.count * recordsAStanding);
  }
}
