import type { DatabaseSync } from 'node:sqlite';
import { type Entry, hexWordAt, type Purpose } from '@ramz/audit-log';
import { type Change, type FormerVerdict, REQUESTS_KEPT_MS, type StandingPlace } from '../ledger.ts';
import type { RequestNames } from '../request-names.ts';
import { LogBroken, RowBroken } from '../store-errors.ts';
import type { Facts } from './facts.ts';
import { FoldPages } from './fold-pages.ts';
import type { RecordSlot } from './fold-records.ts';
import { HotState } from './hot-state.ts';
import type { SqliteLog } from './log.ts';
import { RequestIndex } from './request-index.ts';
import { type FoldLimits, WriteBack } from './write-back.ts';
import type { Writes } from './writes.ts';

/** A standing, and the table slot where it was found. */
interface SqlitePlace extends StandingPlace {
  readonly slot: RecordSlot;
}

/**
 * The fold of the log: how each subject stands, and which requests were answered. In memory, with
 * pages in the store that follow later.
 */
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
    this.hot = new HotState(limits.pageRecordsMax);
    this.#pageWrites = new WriteBack(this.#pages, this.hot, limits);
  }

  /** Whether enough records wait for a page. */
  get isDue(): boolean {
    return this.#pageWrites.isDue;
  }

  /** Whether the pages hold everything. */
  get isWritten(): boolean {
    return this.#pageWrites.isDone;
  }

  place(subject: string, purpose: Purpose): SqlitePlace {
    const slot = this.hot.slotOf(subject, purpose);
    try {
      return { subject, purpose, standing: this.hot.standingAt(slot), broken: undefined, slot };
    } catch (error) {
      if (!(error instanceof RowBroken)) throw error;
      return { subject, purpose, standing: undefined, broken: error, slot };
    }
  }

  /**
   * Finds the former verdict of a request. Compares the log entry that the index points at.
   * @throws LogBroken
   */
  formerVerdict(names: RequestNames, request: number, sinceMs: number): FormerVerdict | undefined {
    for (const logIndex of this.requests.find(names.keyWord(request, 0), names.keyWord(request, 1))) {
      const entry = this.#log.entry(logIndex);
      if (entry.kind !== 'verdict' || entry.requestKey !== names.keyOf(request)) continue;
      if (entry.atMs <= sinceMs) continue;
      return { logIndex, reason: entry.reason, requestDigest: entry.requestDigest };
    }
    return undefined;
  }

  /**
   * Reads the pages, and the rest from the log.
   * @throws LogBroken
   */
  replay(nowMs: number): void {
    for (const page of this.#pages.all()) this.hot.load(page);
    const foldedTo = Number(this.#facts.get('folded_to'));
    const remembered = this.#log.firstSince(nowMs - REQUESTS_KEPT_MS);
    // Of the entries that the pages include, only verdicts are read again, for their requests.
    const wanted = (index: number, kind: Entry['kind']) => index >= foldedTo || kind === 'verdict';
    for (const { index, entry } of this.#log.from(Math.min(foldedTo, remembered), wanted))
      this.#replayOne(entry, index);
    // The pages never know more than the log. If they do, the log has lost its end.
    const known = Math.max(foldedTo, this.hot.latestThrough + 1);
    if (known > this.#log.size) throw new LogBroken(this.#log.size, `the standings know of ${known} entries`);
  }

  #replayOne(entry: Entry, index: number): void {
    this.hot.replay(entry, index);
    if (entry.kind !== 'verdict') return;
    const { requestKey, atMs } = entry;
    this.requests.add(hexWordAt(requestKey, 0), hexWordAt(requestKey, 8), index, atMs);
  }

  /** Takes over the standings of a durable batch, and the requests that it answered. */
  take({ atMs, changed, rehearsed, names, answered, restored }: Change, first: number, count: number): void {
    for (const place of changed as Iterable<SqlitePlace>) {
      if (place.standing !== undefined) this.hot.put(place.standing, first, place.slot);
    }
    for (const standing of rehearsed) this.hot.rehearse(standing);
    if (restored !== undefined) this.hot.foldRestored(restored, first + count - 1);
    for (const { request, logIndex } of answered) {
      this.requests.add(names.keyWord(request, 0), names.keyWord(request, 1), logIndex, atMs);
    }
  }

  /**
   * Writes pages. Does not wait for the disk: a fold that is lost with the power is rebuilt from
   * the log. The write-ahead log can only lose its end, so the pages never know more than the log.
   * Does not overwrite dropped pages: they hold nothing secret.
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
