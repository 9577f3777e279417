import type { FoldPages } from './fold-pages.ts';
import type { HotState, WrittenStanding } from './hot-state.ts';

/** Below this number nothing is written back: a card that is asked for again is written once for many verdicts. */
const UNWRITTEN_LEFT = 20_000;
export const PAGE_ROWS = 500;
/** Pages hold at most this many rows for each standing before old ones are cleared; and these many whatever there is. */
const ROWS_A_STANDING = 2;
const ROWS_ALWAYS_ALLOWED = 50_000;
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
    const lines = new Map<string, WrittenStanding>();
    for (const line of this.#hot.oldestUnwritten(PAGE_ROWS)) lines.set(line.place, line);
    for (const row of cleared.flatMap(({ rows }) => rows)) {
      const line = this.#hot.latestOf(row);
      if (line !== undefined) lines.set(line.place, line);
    }
    for (const page of cleared) this.#pages.drop(page);
    const rows = [...lines.values()];
    this.#pages.append(rows);
    this.#hot.written(rows);
  }

  writeAll(): void {
    while (this.#hot.unwritten_count > 0) this.writePage();
  }

  #isWasteful(): boolean {
    return this.#pages.rows > Math.max(ROWS_ALWAYS_ALLOWED, this.#hot.written_count * ROWS_A_STANDING);
  }
}
