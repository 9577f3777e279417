import type { DatabaseSync } from 'node:sqlite';
import type { Entry } from '@ramz/audit-log';
import { type FormerVerdict, REQUESTS_KEPT_MS } from '../ledger.ts';
import { LogBroken } from '../store-errors.ts';
import type { Facts } from './facts.ts';
import { FoldPages } from './fold-pages.ts';
import { HotState } from './hot-state.ts';
import type { SqliteLog } from './log.ts';
import { RequestIndex } from './request-index.ts';
import { type FoldLimits, WriteBack } from './write-back.ts';
import type { Writes } from './writes.ts';

/** What the log comes to: how each subject stands, and which requests were answered. In memory, and in pages behind it. */
export class Fold {
  readonly hot: HotState;
  readonly requests: RequestIndex = new RequestIndex(REQUESTS_KEPT_MS);
  readonly #db: DatabaseSync;
  readonly #log: SqliteLog;
  readonly #facts: Facts;
  readonly #writes: Writes;
  readonly #pages: FoldPages;
  readonly #pageWrites: WriteBack;

  constructor(db: DatabaseSync, log: SqliteLog, facts: Facts, writes: Writes, limits: FoldLimits) {
    this.#db = db;
    this.#log = log;
    this.#facts = facts;
    this.#writes = writes;
    this.#pages = new FoldPages(db);
    this.hot = new HotState(limits.pageLinesMax);
    this.#pageWrites = new WriteBack(this.#pages, this.hot, limits);
  }

  /** Whether there is enough that no page holds yet. */
  get isDue(): boolean {
    return this.#pageWrites.isDue;
  }

  /** Whether the pages hold all of it. */
  get isWritten(): boolean {
    return this.#pageWrites.isDone;
  }

  formerVerdict(requestKey: string, sinceMs: number): FormerVerdict | undefined {
    for (const logIndex of this.requests.find(requestKey)) {
      const entry = this.#log.entry(logIndex);
      if (entry.kind !== 'verdict' || entry.requestKey !== requestKey) continue;
      if (entry.atMs <= sinceMs) continue;
      return { logIndex, reason: entry.reason, requestDigest: entry.requestDigest };
    }
    return undefined;
  }

  /** Reads the pages, and the rest from the log. @throws LogBroken */
  replay(nowMs: number): void {
    for (const page of this.#pages.all()) this.hot.load(page);
    const foldedTo = Number(this.#facts.get('folded_to'));
    const remembered = this.#log.firstSince(nowMs - REQUESTS_KEPT_MS);
    // Of what the pages hold already only verdicts are read again, for their requests.
    const wanted = (index: number, kind: Entry['kind']) => index >= foldedTo || kind === 'verdict';
    for (const { index, entry } of this.#log.from(Math.min(foldedTo, remembered), wanted))
      this.#replayOne(entry, index);
    // The pages never know more than the log: if it does, the log has lost its end.
    const known = Math.max(foldedTo, this.hot.latestThrough + 1);
    if (known > this.#log.size) throw new LogBroken(this.#log.size, `the standings know of ${known} entries`);
  }

  #replayOne(entry: Entry, index: number): void {
    this.hot.replay(entry, index);
    this.remember(entry, index);
  }

  /** A verdict, for a caller that asks again under its name. */
  remember(entry: Entry, index: number): void {
    if (entry.kind === 'verdict') this.requests.add(entry.requestKey, index, entry.atMs);
  }

  /**
   * Without waiting for the disk: a fold that the power took is made again from the log. The write-ahead log loses its
   * end only, so the pages never come to know more than the log. And without overwriting what a dropped page held:
   * there is nothing secret in it.
   */
  writeBack(): void {
    this.#db.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST');
    try {
      this.#writes.run(() =>
        this.#writes.transaction(() => {
          this.#pageWrites.writeSome();
          this.#facts.put('folded_to', String(this.hot.lackingFrom ?? this.#log.size));
        }),
      );
      this.#pageWrites.written();
    } finally {
      this.#db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    }
  }
}
