import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Purpose } from '../../../boundary/commands.ts';
import type { Entry } from '../../domain/audit/entry.ts';
import { encodeEntries } from '../../domain/audit/entry-codec.ts';
import type { EventKind } from '../../domain/audit/events.ts';
import type { NodeAt } from '../../domain/audit/proofs.ts';
import type { OtherClock } from '../../domain/clock/compare-clocks.ts';
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
import { StoreUnavailable } from '../store-unavailable.ts';
import { readStoredKeys, writeStoredKeys } from '../stored-keys.ts';
import { TileTree } from '../tile-tree.ts';
import { onDisk } from './disk-errors.ts';
import { DiskRoom } from './disk-room.ts';
import { Facts } from './facts.ts';
import { FoldPages } from './fold-pages.ts';
import { HotState } from './hot-state.ts';
import { Log } from './log.ts';
import { openDatabase } from './open-database.ts';
import { RequestIndex } from './request-index.ts';
import { ceremoniesIn, SideTables } from './side-tables.ts';
import { Tiles } from './tiles.ts';
import { FOLD_LIMITS, type FoldLimits, WriteBack } from './write-back.ts';
import { Writes } from './writes.ts';

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
  readonly #writes: Writes;
  readonly #facts: Facts;
  readonly #side: SideTables;
  #keys: StoredKeys | undefined;
  #requests_since_ms = 0;
  readonly #room: DiskRoom;
  readonly log_id: string;

  /** @throws StoreInUse, StoreTooNew, LogBroken */
  static open(path: string, now_ms: number, limits: FoldLimits = FOLD_LIMITS): SqliteLedger {
    return onDisk(() => new SqliteLedger(openDatabase(path), new DiskRoom(dirname(path)), now_ms, limits));
  }

  private constructor(db: DatabaseSync, room: DiskRoom, now_ms: number, limits: FoldLimits) {
    this.#db = db;
    this.#room = room;
    this.#log = new Log(db);
    this.#pages = new FoldPages(db);
    this.#hot = new HotState(limits.page_lines_max);
    this.#write_back = new WriteBack(this.#pages, this.#hot, limits);
    this.#writes = new Writes(db);
    this.#facts = new Facts(db);
    this.#side = new SideTables(db);
    this.#tiles = new Tiles(db);
    this.log_id = this.#facts.get('log_id') ?? this.#drawLogId();
    this.#keys = readStoredKeys(this.#facts.get('keys'));
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

  get free_bytes(): number | undefined {
    return this.#room.free_bytes;
  }

  /** @throws StoreUnavailable while nothing can be written */
  async activeEnrolments(): Promise<number> {
    this.#writes.assertPossible();
    this.#room.assertForVerdicts();
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
    if (entries.some(({ kind }) => FROM_CALLERS.includes(kind))) this.#room.assertForVerdicts();
    const first = this.#log.size;
    const leaves = encodeEntries(entries);
    try {
      const tiles = this.#tree.stage(coreTreeHash.leaves(leaves));
      const ceremonies = ceremoniesIn(entries, first);
      const beside = tiles.length + ceremonies.length + events.length + Number(keys !== undefined);
      this.#writes.run(() => {
        // Most batches are one row, and one statement is a transaction by itself.
        if (beside === 0) return this.#log.append(leaves, at_ms);
        this.#writes.transaction(() => {
          this.#log.append(leaves, at_ms);
          this.#tiles.put(tiles);
          this.#side.put(ceremonies, events);
          if (keys !== undefined) this.#facts.put('keys', writeStoredKeys(keys));
        });
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

  /** No other daemon has the file open. */
  async otherClocks(): Promise<readonly OtherClock[]> {
    return [];
  }

  /** @throws StoreUnavailable */
  async tidy(): Promise<void> {
    // Probes for room: while there is none, health sends no caller here that would find out.
    if (this.#writes.have_failed) this.#writes.run(() => this.#facts.probe());
    if (this.#write_back.is_due) this.#writeBack();
  }

  async leaves(
    first: number,
    count: number,
    bytes_max: number = Number.POSITIVE_INFINITY,
  ): Promise<readonly Uint8Array[]> {
    const leaves: Uint8Array[] = [];
    let read_bytes = 0;
    if (count === 0) return leaves;
    for (const { bytes } of this.#log.leavesFrom(first)) {
      // A copy: a leaf is a part of its batch, which would stay in memory with it.
      leaves.push(bytes.slice());
      read_bytes += bytes.length;
      if (leaves.length >= count || read_bytes >= bytes_max) break;
    }
    return leaves;
  }

  treeRoot(): Uint8Array {
    return this.#tree.root();
  }

  async fromTree<T>(make: (nodeAt: NodeAt) => T): Promise<T> {
    return make(this.#tree.nodes(this.#tiles.at));
  }

  async entry(log_index: number): Promise<Entry> {
    return this.#log.entry(log_index);
  }

  async events(first: number, count: number, kinds?: readonly EventKind[]): Promise<readonly LoggedEvent[]> {
    return this.#side.events(first, count, kinds);
  }

  async latestEvent(kinds: readonly EventKind[]): Promise<LoggedEvent | undefined> {
    return this.#side.latestEvent(kinds);
  }

  async ceremonyEntries(id: string): Promise<readonly number[]> {
    return this.#side.ceremonyEntries(id);
  }

  async latestCeremony(): Promise<string | undefined> {
    return this.#side.latestCeremony();
  }

  async putCheckpoint(size: number, note: string): Promise<void> {
    this.#writes.run(() => this.#side.putCheckpoint(size, note));
  }

  async checkpoints(count: number): Promise<readonly string[]> {
    return this.#side.checkpoints(count);
  }

  async scrub(): Promise<void> {
    this.#writes.run(() => this.#scrub());
  }

  #scrub(): void {
    // secure_delete overwrites the pages; the write-ahead log still has their former contents.
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  async close(): Promise<void> {
    try {
      do this.#writeBack();
      while (!this.#write_back.is_done);
    } catch (error) {
      // The log has it all, and the fold is made again from it.
      if (!(error instanceof StoreUnavailable)) throw error;
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
    const folded_to = Number(this.#facts.get('folded_to'));
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
    this.#db.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST');
    try {
      this.#writes.run(() =>
        this.#writes.transaction(() => {
          this.#write_back.writeSome();
          this.#facts.put('folded_to', String(this.#hot.lacking_from ?? this.#log.size));
        }),
      );
      this.#write_back.written();
    } finally {
      this.#db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    }
  }

  #drawLogId(): string {
    const log_id = randomUUID().replaceAll('-', '');
    this.#facts.put('log_id', log_id);
    return log_id;
  }
}

/** These stop first when room runs out. */
const FROM_CALLERS: readonly Entry['kind'][] = ['verdict', 'enrolled', 'refusal'];
