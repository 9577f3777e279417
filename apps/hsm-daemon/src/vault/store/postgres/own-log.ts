import type { Entry, EntryRow, NodeAt } from '@ramz/audit-log';
import { readEntry } from '../packed-entries.ts';
import { RaceLost } from '../race-lost.ts';
import { LogBroken } from '../store-errors.ts';
import { type Tile, TileTree } from '../tile-tree.ts';
import { leafHashesOf, leafHashesOfEach } from '../tree-hashes.ts';
import { PostgresLog } from './log.ts';
import type { Sessions } from './sessions.ts';
import { PostgresTiles } from './tiles.ts';

/**
 * This daemon's log, as far as it is known to be durable. No other process writes it. Checks that
 * the database still has it: a new connection may reach another server.
 */
export class OwnLog {
  readonly #sessions: Sessions;
  readonly #log: PostgresLog;
  readonly #tiles: PostgresTiles;
  #tree = new TileTree();
  /** Hashes of the entries of the commit in flight. */
  #leaves: Uint8Array = new Uint8Array();
  /**
   * The same for commits with an unknown outcome: the connection broke, or no answer came in time.
   * Each may still succeed, even much later, until a later commit of this daemon takes its place in
   * the log.
   */
  #doubts: Uint8Array[] = [];
  #isChecked = true;
  /** The pool's `connectionsMade` at the last check. */
  #connectionsChecked = 0;

  /** @throws StoreUnavailable, LogBroken */
  static async open(sessions: Sessions, logId: string): Promise<OwnLog> {
    const own = new OwnLog(sessions, logId);
    await own.#loadTree(await own.#log.size());
    return own;
  }

  private constructor(sessions: Sessions, logId: string) {
    this.#sessions = sessions;
    this.#log = new PostgresLog(sessions, logId);
    this.#tiles = new PostgresTiles(sessions, logId);
  }

  get size(): number {
    return this.#tree.size;
  }

  root(): Uint8Array {
    return this.#tree.root();
  }

  fromTree<T>(make: (nodeAt: NodeAt) => T): Promise<T> {
    return this.#tiles.with((tileAt) => make(this.#tree.nodes(tileAt)));
  }

  /** Returns the bytes of entries that are known to be durable. */
  async leaves(first: number, count: number, bytesMax?: number): Promise<readonly Uint8Array[]> {
    return this.#log.leaves(first, Math.max(0, Math.min(count, this.size - first)), bytesMax);
  }

  async entry(logIndex: number): Promise<Entry> {
    const [bytes] = await this.#log.leaves(logIndex, 1);
    if (bytes === undefined) throw new LogBroken(logIndex, 'it is missing');
    return readEntry(bytes, logIndex);
  }

  /** Begins a commit. Returns the tiles that it fills. Its outcome is unknown until `committed`. */
  begin(row: EntryRow): Tile[] {
    this.#leaves = leafHashesOf(row);
    this.#isChecked = false;
    return this.#tree.stage(this.#leaves);
  }

  committed(): void {
    this.#doubts = [];
    this.#isChecked = true;
    this.#tree.committed();
  }

  /** A lost race has written nothing. The next check detects another writer of this log. */
  failed(error: unknown): void {
    this.#tree.rolledBack();
    if (!(error instanceof RaceLost)) this.#doubts.push(this.#leaves);
  }

  /**
   * Checks that the log is as this daemon left it, or that a commit succeeded after all.
   * @param confirm returns when the standby has what the database has
   * @throws LogBroken, StoreUnavailable
   */
  async check(confirm: () => Promise<void>): Promise<void> {
    const connections = this.#sessions.connectionsMade;
    if (this.#isChecked && connections === this.#connectionsChecked) return;
    const size = await this.#log.size();
    if (size < this.size) {
      throw new LogBroken(size, `the database has lost ${this.size - size} entries that were durable`);
    }
    if (size > this.size) await this.#takeDoubted(size, confirm);
    this.#isChecked = this.#doubts.length === 0;
    this.#connectionsChecked = connections;
  }

  /** @throws LogBroken when the new entries are not those of a commit by this daemon */
  async #takeDoubted(size: number, confirm: () => Promise<void>): Promise<void> {
    const written = leafHashesOfEach(await this.#log.leaves(this.size, size - this.size));
    if (!this.#doubts.some((leaves) => Buffer.compare(leaves, written) === 0)) {
      throw new LogBroken(this.size, 'another daemon writes this log: two copies of one must not run');
    }
    // It was committed, but a failover may still lose it. It counts once a later commit has reached
    // the standby.
    await confirm();
    await this.#loadTree(size);
    // All wanted the same place in the log, and one of them has it.
    this.#doubts = [];
  }

  async #loadTree(size: number): Promise<void> {
    const open = TileTree.firstOpenLeaf(size);
    const leaves = leafHashesOfEach(await this.#log.leaves(open, size - open));
    // A new tree on each call, since the one made of blank tiles is discarded.
    this.#tree = await this.#tiles.with((tileAt) => TileTree.of(size, tileAt, leaves));
  }
}
