import type { FoldPage, FoldPages } from './fold-pages.ts';
import type { HotState } from './hot-state.ts';

export interface FoldLimits {
  /** Below this number of records nothing is written. */
  readonly pageRecords: number;
  /** Most records per page, and most pages per write: after a restore, all standings are due. */
  readonly pageRecordsMax: number;
  readonly pagesAtOnce: number;
  /** Most records per standing before old pages are cleared, and a number always allowed. */
  readonly recordsAStanding: number;
  readonly recordsAlwaysAllowed: number;
}

export const FOLD_LIMITS: FoldLimits = {
  pageRecords: 500,
  pageRecordsMax: 5_000,
  // About 3 MB, and 10 ms.
  pagesAtOnce: 4,
  recordsAStanding: 2,
  recordsAlwaysAllowed: 50_000,
};

/** Pages to write, and old pages to drop with them. */
interface PageBatch {
  readonly pages: readonly FoldPage[];
  readonly cleared: readonly number[];
}
const NO_PAGES: PageBatch = { pages: [], cleared: [] };

/** Records cleared per new record. With only one, clearing would never catch up with writing. */
const CLEARED_A_RECORD = 2;

/**
 * Writes the fold's pages from memory to the store, behind the traffic. A page is only appended
 * and, when later pages have replaced most of it, dropped: its records that are still the latest
 * are appended again (ADR 0018).
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

  /** Writes in the caller's transaction; call `written` after it. Retries what failed before. */
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
    // A page may be dropped only if every record that replaces one of its own is in the store.
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
