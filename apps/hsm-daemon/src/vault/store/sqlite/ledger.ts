import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Purpose } from '../../../boundary/commands.ts';
import type { Entry } from '../../domain/audit/entry.ts';
import { encodeEntries } from '../../domain/audit/entry-codec.ts';
import { type EventKind, UNSEEN } from '../../domain/audit/events.ts';
import type { NodeAt } from '../../domain/audit/proofs.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { coreTreeHash } from '../core-tree-hash.ts';
import {
  type Change,
  type FormerVerdict,
  type Ledger,
  type LoggedEvent,
  REQUESTS_KEPT_MS,
  type StoredKeys,
  type Wanted,
} from '../ledger.ts';
import { LogBroken } from '../log-broken.ts';
import { readStoredKeys, writeStoredKeys } from '../stored-keys.ts';
import { TileTree } from '../tile-tree.ts';
import { FoldPages } from './fold-pages.ts';
import { HotState } from './hot-state.ts';
import { Log } from './log.ts';
import { openDatabase } from './open-database.ts';
import { RequestIndex } from './request-index.ts';
import { Tiles } from './tiles.ts';
import { FOLD_LIMITS, type FoldLimits, WriteBack } from './write-back.ts';

/**
 * The embedded engine (ADR 0002): an append-only log in SQLite, durable at each commit, and its fold in
 * memory. Opening it is reading the fold's pages and replaying the rest of the log.
 */
export class SqliteLedger implements Ledger {
  readonly #db: DatabaseSync;
  readonly #log: Log;
  readonly #tiles: Tiles;
  readonly #tree: TileTree;
  readonly #hot: HotState;
  readonly #pages: FoldPages;
  readonly #write_back: WriteBack;
  readonly #requests = new RequestIndex(REQUESTS_KEPT_MS);
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #putFact: StatementSync;
  readonly #putCeremony: StatementSync;
  readonly #putEvent: StatementSync;
  #keys: StoredKeys | undefined;
  #requests_since_ms = 0;
  /** False once memory is not what the store has. */
  #is_sound = true;
  readonly log_id: string;

  /** @throws StoreInUse, StoreTooNew, LogBroken */
  static open(path: string, now_ms: number, limits: FoldLimits = FOLD_LIMITS): SqliteLedger {
    return new SqliteLedger(openDatabase(path), now_ms, limits);
  }

  private constructor(db: DatabaseSync, now_ms: number, limits: FoldLimits) {
    this.#db = db;
    this.#log = new Log(db);
    this.#pages = new FoldPages(db);
    this.#hot = new HotState(limits.page_lines_max);
    this.#write_back = new WriteBack(this.#pages, this.#hot, limits);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#putFact = db.prepare('INSERT OR REPLACE INTO fact VALUES (?, ?)');
    this.#putCeremony = db.prepare('INSERT INTO ceremony VALUES (?, ?)');
    this.#putEvent = db.prepare('INSERT INTO event VALUES (?, ?)');
    this.#tiles = new Tiles(db);
    this.log_id = this.#fact('log_id') ?? this.#drawLogId();
    this.#keys = readStoredKeys(this.#fact('keys'));
    // The power may have gone between a commit that replaced keys and its scrub.
    this.#scrub();
    this.#replay(now_ms);
    const { size } = this.#log;
    const open = this.#log.leavesFrom(TileTree.firstOpenLeaf(size));
    this.#tree = TileTree.of(size, this.#tiles.at, coreTreeHash.leaves(Array.from(open, ({ bytes }) => bytes)));
  }

  get log_size(): number {
    return this.#log.size;
  }

  async activeEnrolments(): Promise<number> {
    return this.#hot.active_enrolments;
  }

  get keys(): StoredKeys | undefined {
    return this.#keys;
  }

  /** Everything is in memory already. */
  async load({ requests_since_ms }: Wanted): Promise<void> {
    this.#requests_since_ms = requests_since_ms;
  }

  /** What can be read is on the disk. */
  async confirm(): Promise<void> {}

  standing(subject: string, purpose: Purpose): Standing | undefined {
    return this.#hot.standing(subject, purpose);
  }

  formerVerdict(request_key: string): FormerVerdict | undefined {
    for (const log_index of this.#requests.find(request_key)) {
      const entry = this.#log.entry(log_index);
      if (entry.kind !== 'verdict' || entry.request_key !== request_key) continue;
      if (entry.at_ms <= this.#requests_since_ms) continue;
      return { log_index, reason: entry.reason, request_digest: entry.request_digest };
    }
    return undefined;
  }

  hasRoomForRequests(count: number): boolean {
    return this.#requests.hasRoomFor(count);
  }

  async commit({ entries, at_ms, events, standings, rehearsed, keys }: Change): Promise<void> {
    this.#assertSound();
    const first = this.#log.size;
    const leaves = encodeEntries(entries);
    try {
      const tiles = this.#tree.stage(coreTreeHash.leaves(leaves));
      const ceremonies = ceremoniesIn(entries, first);
      const beside = tiles.length + ceremonies.length + events.length + Number(keys !== undefined);
      // Most batches are one row, and one statement is a transaction by itself.
      if (beside === 0) this.#log.append(leaves, at_ms);
      else
        this.#transaction(() => {
          this.#log.append(leaves, at_ms);
          this.#tiles.put(tiles);
          for (const { id, log_index } of ceremonies) this.#putCeremony.run(log_index, id);
          for (const { log_index, kind } of events) this.#putEvent.run(log_index, kind);
          if (keys !== undefined) this.#putFact.run('keys', writeStoredKeys(keys));
        });
    } catch (error) {
      this.#tree.rolledBack();
      throw error;
    }
    this.#log.committed(entries.length);
    this.#tree.committed();
    if (keys !== undefined) this.#keys = keys;
    for (const standing of standings) this.#hot.put(standing, first);
    for (const standing of rehearsed) this.#hot.rehearse(standing);
    entries.forEach((entry, i) => {
      if (entry.kind === 'restored') this.#hot.foldRestored(entry, first + i);
      this.#remember(entry, first + i);
    });
  }

  async tidy(): Promise<void> {
    this.#assertSound();
    if (this.#write_back.is_due) this.#writeBack();
  }

  async leaves(first: number, count: number): Promise<readonly Uint8Array[]> {
    return Iterator.from(this.#log.leavesFrom(first))
      .take(count)
      .map(({ bytes }) => bytes)
      .toArray();
  }

  treeRoot(): Uint8Array {
    return this.#tree.root();
  }

  async fromTree<T>(make: (nodeAt: NodeAt) => T): Promise<T> {
    return make(this.#tree.nodes(this.#tiles.at));
  }

  async ceremonyEntries(id: string): Promise<readonly number[]> {
    const rows = this.#db.prepare('SELECT log_index FROM ceremony WHERE id = ? ORDER BY log_index').all(id);
    return rows.map((row) => Number(row['log_index']));
  }

  async events(first: number, count: number): Promise<readonly LoggedEvent[]> {
    const rows = this.#db
      .prepare(`SELECT * FROM event WHERE log_index >= ? AND kind <> '${UNSEEN}' ORDER BY log_index LIMIT ?`)
      .all(first, count);
    return rows.map(eventOfRow);
  }

  async latestEvent(kinds: readonly EventKind[]): Promise<LoggedEvent | undefined> {
    const places = kinds.map(() => '?').join(', ');
    const query = `SELECT * FROM event WHERE kind IN (${places}) ORDER BY log_index DESC LIMIT 1`;
    const row = this.#db.prepare(query).get(...kinds);
    return row && eventOfRow(row);
  }

  async latestCeremony(): Promise<string | undefined> {
    const row = this.#db.prepare('SELECT id FROM ceremony ORDER BY log_index DESC LIMIT 1').get();
    return row === undefined ? undefined : String(row['id']);
  }

  async entry(log_index: number): Promise<Entry> {
    return this.#log.entry(log_index);
  }

  async putCheckpoint(size: number, note: string): Promise<void> {
    this.#db.prepare('INSERT OR IGNORE INTO checkpoint VALUES (?, ?)').run(size, note);
  }

  async checkpoints(count: number): Promise<readonly string[]> {
    const rows = this.#db.prepare('SELECT note FROM checkpoint ORDER BY size DESC LIMIT ?').all(count);
    return rows.map((row) => String(row['note'])).toReversed();
  }

  async scrub(): Promise<void> {
    this.#scrub();
  }

  #scrub(): void {
    // secure_delete overwrites the pages; the write-ahead log still has their former contents.
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  async close(): Promise<void> {
    try {
      do this.#writeBack();
      while (!this.#write_back.is_done);
    } finally {
      this.#db.close();
    }
  }

  #replayOne(entry: Entry, index: number): void {
    this.#hot.replay(entry, index);
    this.#remember(entry, index);
  }

  #remember(entry: Entry, index: number): void {
    if (entry.kind === 'verdict') this.#requests.add(entry.request_key, index, entry.at_ms);
  }

  #replay(now_ms: number): void {
    for (const page of this.#pages.all()) this.#hot.load(page);
    const folded_to = Number(this.#fact('folded_to'));
    const remembered = this.#log.firstSince(now_ms - REQUESTS_KEPT_MS);
    // Of what the pages hold already only verdicts are read again, for their requests.
    const wanted = (index: number, kind: Entry['kind']) => index >= folded_to || kind === 'verdict';
    for (const { index, entry } of this.#log.from(Math.min(folded_to, remembered), wanted))
      this.#replayOne(entry, index);
    // The pages never know more than the log: if it does, the log has lost its end.
    const known = Math.max(folded_to, this.#hot.latest_through + 1);
    if (known > this.#log.size) throw new LogBroken(this.#log.size, `the standings know of ${known} entries`);
  }

  /**
   * Without waiting for the disk: a fold that the power took is made again from the log. The write-ahead log loses its
   * end only, so the pages never come to know more than the log. And without overwriting what a dropped page held:
   * there is nothing secret in it.
   */
  #writeBack(): void {
    this.#assertSound();
    // What a page takes from memory is not given back when it could not be written: then nothing more is.
    this.#is_sound = false;
    this.#db.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST');
    this.#transaction(() => {
      this.#write_back.writeSome();
      this.#putFact.run('folded_to', String(this.#hot.lacking_from ?? this.#log.size));
    });
    this.#db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    this.#is_sound = true;
  }

  #assertSound(): void {
    if (!this.#is_sound) throw new Error('the store could not be written: the daemon must be started anew');
  }

  #drawLogId(): string {
    const log_id = randomUUID().replaceAll('-', '');
    this.#putFact.run('log_id', log_id);
    return log_id;
  }

  #fact(name: string): string | undefined {
    const row = this.#db.prepare('SELECT value FROM fact WHERE name = ?').get(name);
    return row === undefined ? undefined : String(row['value']);
  }

  #transaction(work: () => void): void {
    this.#begin.run();
    try {
      work();
      this.#commit.run();
    } catch (error) {
      // A commit that failed (a full disk) may have ended the transaction by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

/** Entries that are of a ceremony. */
function ceremoniesIn(entries: readonly Entry[], first: number): { readonly id: string; readonly log_index: number }[] {
  return entries.flatMap((entry, i) => {
    const id = entry.kind === 'ceremony' || entry.kind === 'restored' ? entry.ceremony : '';
    return id === '' ? [] : [{ id, log_index: first + i }];
  });
}

function eventOfRow(row: Readonly<Record<string, unknown>>): LoggedEvent {
  return { log_index: Number(row['log_index']), kind: String(row['kind']) as EventKind };
}
