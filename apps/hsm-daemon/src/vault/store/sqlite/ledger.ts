import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Entry, NodeAt, Purpose } from '@ramz/audit-log';
import type { OtherClock } from '../../domain/clock/compare-clocks.ts';
import type { EventKind } from '../../domain/events/events.ts';
import {
  type Change,
  type FilePlace,
  type FormerVerdict,
  type Ledger,
  type LoadRequest,
  type LoggedEvent,
  type NumberPlace,
  type StandingPlace,
  type StoredKeys,
} from '../ledger.ts';
import type { RequestNames } from '../request-names.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { readStoredKeys, writeStoredKeys } from '../stored-keys.ts';
import { type Tile, TileTree } from '../tile-tree.ts';
import { leafHashesOf, leafHashesOfEach } from '../tree-hashes.ts';
import { onDisk } from './disk-errors.ts';
import { DiskRoom } from './disk-room.ts';
import { Facts } from './facts.ts';
import { Fold } from './fold.ts';
import { SqliteLog } from './log.ts';
import { openDatabase } from './open-database.ts';
import { SqliteRegister } from './register.ts';
import { SqliteSideTables } from './side-tables.ts';
import { SqliteTiles } from './tiles.ts';
import { FOLD_LIMITS, type FoldLimits } from './write-back.ts';
import { Writes } from './writes.ts';

/**
 * The embedded engine (ADR 0002): an append-only log in SQLite, durable at each commit, and its
 * fold in memory. Opening it reads the fold's pages and replays the rest of the log.
 */
export class SqliteLedger implements Ledger {
  readonly #db: DatabaseSync;
  readonly #log: SqliteLog;
  readonly #tiles: SqliteTiles;
  readonly #tree: TileTree;
  readonly #fold: Fold;
  readonly #writes: Writes;
  readonly #facts: Facts;
  readonly #side: SqliteSideTables;
  readonly #register: SqliteRegister;
  #keys: StoredKeys | undefined;
  #requestsSinceMs = 0;
  readonly #room: DiskRoom;
  readonly logId: string;

  /** @throws StoreInUse, StoreTooNew, StoreTooOld, StoreUnavailable, LogBroken, RowBroken */
  static open(path: string, nowMs: number, limits: FoldLimits = FOLD_LIMITS): SqliteLedger {
    const db = openDatabase(path);
    try {
      return onDisk(() => new SqliteLedger(db, new DiskRoom(dirname(path)), nowMs, limits));
    } catch (error) {
      // Otherwise the file stays locked for an operator who inspects it.
      db.close();
      throw error;
    }
  }

  private constructor(db: DatabaseSync, room: DiskRoom, nowMs: number, limits: FoldLimits) {
    this.#db = db;
    this.#room = room;
    this.#log = new SqliteLog(db);
    this.#writes = new Writes(db);
    this.#facts = new Facts(db);
    this.#side = new SqliteSideTables(db);
    this.#register = new SqliteRegister(db);
    this.#tiles = new SqliteTiles(db);
    this.logId = this.#facts.get('log_id') ?? this.#drawLogId();
    this.#keys = readStoredKeys(this.#facts.get('keys'));
    // The power may have failed between a commit that replaced keys and its scrub.
    this.#scrub();
    this.#fold = new Fold(db, this.#log, this.#facts, this.#writes, limits);
    this.#fold.replay(nowMs);
    const { size } = this.#log;
    const open = this.#log.leavesFrom(TileTree.firstOpenLeaf(size));
    this.#tree = TileTree.of(size, this.#tiles.at, leafHashesOfEach(Array.from(open, ({ bytes }) => bytes)));
  }

  get logSize(): number {
    return this.#log.size;
  }

  get freeBytes(): number | undefined {
    return this.#room.freeBytes;
  }

  /** @throws StoreUnavailable while nothing can be written */
  async activeEnrolments(): Promise<number> {
    this.#writes.assertPossible();
    this.#room.assertForVerdicts();
    return this.#fold.hot.activeEnrolments;
  }

  get keys(): StoredKeys | undefined {
    return this.#keys;
  }

  /** Loads no rows: everything is in memory already. */
  async load({ requestsSinceMs }: LoadRequest): Promise<void> {
    this.#requestsSinceMs = requestsSinceMs;
  }

  /** Does nothing: data that can be read is on the disk. */
  async confirm(): Promise<void> {}

  place(subject: string, purpose: Purpose): StandingPlace {
    return this.#fold.place(subject, purpose);
  }

  /** Loads nothing: files are read when they are asked for. */
  async loadRegister(): Promise<void> {}

  filePlace(subject: string): FilePlace {
    return this.#register.filePlace(subject);
  }

  filesUnder(number: string): readonly FilePlace[] {
    return this.#register.filesUnder(number);
  }

  numberPlace(number: string): NumberPlace {
    return { number };
  }

  formerVerdict(names: RequestNames, request: number): FormerVerdict | undefined {
    return this.#fold.formerVerdict(names, request, this.#requestsSinceMs);
  }

  hasRoomForRequests(count: number): boolean {
    return this.#fold.requests.hasRoomFor(count);
  }

  async commit(change: Change): Promise<void> {
    const { row, isAskedFor, keys } = change;
    if (isAskedFor) this.#room.assertForVerdicts();
    const first = this.#log.size;
    try {
      this.#append(change, this.#tree.stage(leafHashesOf(row)));
    } catch (error) {
      this.#tree.rolledBack();
      throw error;
    }
    this.#log.committed(row.count);
    this.#tree.committed();
    if (keys !== undefined) this.#keys = keys;
    this.#fold.take(change, first, row.count);
  }

  /** @param tiles tiles that this change fills */
  #append({ row, atMs, events, ceremonies, files, numbers, keys }: Change, tiles: readonly Tile[]): void {
    const written = [...files];
    const beside = tiles.length + ceremonies.length + events.length + written.length + Number(keys !== undefined);
    this.#writes.run(() => {
      // Most batches are one row, and one statement is a transaction by itself.
      if (beside === 0) return this.#log.append(row, atMs);
      this.#writes.transaction(() => {
        this.#log.append(row, atMs);
        this.#tiles.put(tiles);
        this.#side.put(ceremonies, events);
        this.#register.put(written, numbers);
        if (keys !== undefined) this.#facts.put('keys', writeStoredKeys(keys));
      });
    });
  }

  /** Returns none: no other daemon has the file open. */
  async otherClocks(): Promise<readonly OtherClock[]> {
    return [];
  }

  /** @throws StoreUnavailable */
  async tidy(): Promise<void> {
    // Probes for space: while there is none, health keeps away the callers that would find out.
    if (this.#writes.haveFailed) this.#writes.run(() => this.#facts.probe());
    if (this.#fold.isDue) this.#fold.writeBack();
  }

  async leaves(
    first: number,
    count: number,
    bytesMax: number = Number.POSITIVE_INFINITY,
  ): Promise<readonly Uint8Array[]> {
    const leaves: Uint8Array[] = [];
    let readBytes = 0;
    if (count === 0) return leaves;
    for (const { bytes } of this.#log.leavesFrom(first)) {
      // A copy: a view of a leaf would keep its whole batch in memory.
      leaves.push(bytes.slice());
      readBytes += bytes.length;
      if (leaves.length >= count || readBytes >= bytesMax) break;
    }
    return leaves;
  }

  treeRoot(): Uint8Array {
    return this.#tree.root();
  }

  async fromTree<T>(make: (nodeAt: NodeAt) => T): Promise<T> {
    return make(this.#tree.nodes(this.#tiles.at));
  }

  async entry(logIndex: number): Promise<Entry> {
    return this.#log.entry(logIndex);
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
    // secure_delete overwrites the pages, but the write-ahead log still has their former contents.
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  async close(): Promise<void> {
    try {
      do this.#fold.writeBack();
      while (!this.#fold.isWritten);
    } catch (error) {
      // The log has everything, and the fold is rebuilt from it.
      if (!(error instanceof StoreUnavailable)) throw error;
    } finally {
      this.#db.close();
    }
  }

  #drawLogId(): string {
    const logId = randomUUID().replaceAll('-', '');
    this.#facts.put('log_id', logId);
    return logId;
  }
}
