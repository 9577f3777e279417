import type { Entry, NodeAt, Purpose, RestoredEntry } from '@ramz/audit-log';
import type { OtherClock } from '../../domain/clock/compare-clocks.ts';
import type { EventKind } from '../../domain/events/events.ts';
import {
  type Change,
  type FilePlace,
  type FormerVerdict,
  type Ledger,
  type LoadRequest,
  type LoggedEvent,
  NOTHING_TO_LOAD,
  type NumberPlace,
  type RegisterRequest,
  type StandingPlace,
  type StoredKeys,
} from '../ledger.ts';
import { RaceLost } from '../race-lost.ts';
import type { RequestNames } from '../request-names.ts';
import { unlessUnavailable } from '../store-errors.ts';
import { readStoredKeys, writeStoredKeys } from '../stored-keys.ts';
import { Clocks } from './clocks.ts';
import { type CommitPlace, rowsOf } from './commit-rows.ts';
import { commitStatement } from './commit-sql.ts';
import { Decoys } from './decoys.ts';
import { POSTGRES } from './dialect.ts';
import { LoadedRows } from './loaded.ts';
import { OwnLog } from './own-log.ts';
import { Requests } from './requests.ts';
import { restoreStandings } from './restore-standings.ts';
import { migrate } from './schema.ts';
import type { Session, Sessions } from './sessions.ts';
import { PostgresSideTables } from './side-tables.ts';

/**
 * The engine for several daemons on one database. Standings and requests are shared: a commit
 * compares them with those that the batch was decided on. The log is this daemon's own; no other
 * writes it.
 */
export class PostgresLedger implements Ledger {
  readonly logId: string;
  readonly #sessions: Sessions;
  readonly #own: OwnLog;
  readonly #requests: Requests;
  readonly #decoys: Decoys;
  readonly #clocks: Clocks;
  readonly #side: PostgresSideTables;
  readonly #loaded = new LoadedRows();
  #keys: LoadedKeys = { version: 0, text: '', value: undefined };
  /** The pool's `connectionsMade` at the last load. */
  #connectionsLoaded = 0;
  #isScrubDue = false;

  /**
   * @param logId the id of this daemon's log
   * @throws StoreUnavailable, DatabaseTooNew, LogBroken
   */
  static async open(sessions: Sessions, logId: string): Promise<PostgresLedger> {
    await sessions.within(migrate);
    const own = await OwnLog.open(sessions, logId);
    const ledger = new PostgresLedger(sessions, logId, own, await Decoys.of(logId, sessions));
    await ledger.load(NOTHING_TO_LOAD);
    return ledger;
  }

  private constructor(sessions: Sessions, logId: string, own: OwnLog, decoys: Decoys) {
    this.logId = logId;
    this.#sessions = sessions;
    this.#own = own;
    this.#requests = new Requests(sessions);
    this.#decoys = decoys;
    this.#clocks = new Clocks(sessions, logId);
    this.#side = new PostgresSideTables(sessions, logId);
  }

  get logSize(): number {
    return this.#own.size;
  }

  get keys(): StoredKeys | undefined {
    return this.#keys.value;
  }

  readonly freeBytes = undefined;

  async activeEnrolments(): Promise<number> {
    const [row] = await this.#sessions.query<{ active: string }>({ text: 'SELECT sum(active) AS active FROM tally' });
    return Number(row?.active ?? 0);
  }

  async load(wanted: LoadRequest): Promise<void> {
    for (let isSure = false; !isSure; ) {
      const connections = this.#sessions.connectionsMade;
      await this.#own.check(() => this.confirm());
      const keysVersion = await this.#loaded.load(this.#sessions, wanted, this.#decoys);
      // A new connection may reach another server, where the same version has other contents.
      const isElsewhere = connections !== this.#connectionsLoaded;
      if (isElsewhere || keysVersion !== this.#keys.version) await this.#loadKeys();
      // Repeats after a new connection: rows must come from a server whose log was checked.
      isSure = connections === this.#sessions.connectionsMade;
      if (isSure) this.#connectionsLoaded = connections;
    }
  }

  /**
   * Updates this daemon's own row. The commit waits until the standby has everything that any
   * daemon committed before. On a server without a standby it waits for the disk.
   */
  async confirm(): Promise<void> {
    const text = 'INSERT INTO tally VALUES ($1, 0) ON CONFLICT (log_id) DO UPDATE SET active = tally.active';
    await this.#sessions.query({ name: 'ramz-confirm', text, values: [this.logId] });
  }

  place(subject: string, purpose: Purpose): StandingPlace {
    return this.#loaded.place(subject, purpose);
  }

  async loadRegister(wanted: RegisterRequest): Promise<void> {
    const connections = this.#sessions.connectionsMade;
    await this.#loaded.loadRegister(this.#sessions, wanted, this.#decoys);
    // Rows must come from the server whose log was checked.
    if (connections !== this.#sessions.connectionsMade) throw new RaceLost();
  }

  filePlace(subject: string): FilePlace {
    return this.#loaded.register.filePlace(subject);
  }

  filesUnder(number: string): readonly FilePlace[] {
    return this.#loaded.register.filesUnder(number);
  }

  numberPlace(number: string): NumberPlace {
    return this.#loaded.register.numberPlace(number);
  }

  formerVerdict(names: RequestNames, request: number): FormerVerdict | undefined {
    return this.#loaded.former(names.keyOf(request));
  }

  /** Returns true: a table always has room. */
  hasRoomForRequests(): boolean {
    return true;
  }

  async commit(change: Change): Promise<void> {
    const { row, restored } = change;
    const written = this.#loaded.changedBy(change);
    const statement = commitStatement(rowsOf(change, written, this.#own.begin(row), this.#commitPlace()));
    try {
      // A change decided on rows of one server must not be written to another.
      const connections = hangsOnLoaded(change, written) ? this.#connectionsLoaded : undefined;
      if (restored === undefined) await this.#sessions.query(statement, connections);
      else await this.#sessions.within((session) => this.#commitRestored(session, restored, statement), connections);
    } catch (error) {
      this.#own.failed(error);
      throw error;
    }
    this.#own.committed();
    this.#loaded.take(change, written);
    const { keys } = change;
    if (keys !== undefined) this.#keys = { version: this.#keys.version + 1, text: writeStoredKeys(keys), value: keys };
  }

  otherClocks(wallMs: () => number, isBelieved: (server: OtherClock) => boolean): Promise<readonly OtherClock[]> {
    return this.#clocks.read(wallMs, isBelieved);
  }

  async tidy(nowMs: number): Promise<void> {
    await this.#requests.forgetOld(nowMs);
    if (this.#isScrubDue) await this.scrub();
  }

  leaves(first: number, count: number, bytesMax?: number): Promise<readonly Uint8Array[]> {
    return this.#own.leaves(first, count, bytesMax);
  }

  entry(logIndex: number): Promise<Entry> {
    return this.#own.entry(logIndex);
  }

  treeRoot(): Uint8Array {
    return this.#own.root();
  }

  fromTree<T>(make: (nodeAt: NodeAt) => T): Promise<T> {
    return this.#own.fromTree(make);
  }

  events(first: number, count: number, kinds?: readonly EventKind[]): Promise<readonly LoggedEvent[]> {
    return this.#side.events(first, count, kinds);
  }

  latestEvent(kinds: readonly EventKind[]): Promise<LoggedEvent | undefined> {
    return this.#side.latestEvent(kinds);
  }

  ceremonyEntries(id: string): Promise<readonly number[]> {
    return this.#side.ceremonyEntries(id);
  }

  latestCeremony(): Promise<string | undefined> {
    return this.#side.latestCeremony();
  }

  putCheckpoint(size: number, note: string): Promise<void> {
    return this.#side.putCheckpoint(size, note);
  }

  checkpoints(count: number): Promise<readonly string[]> {
    return this.#side.checkpoints(count);
  }

  /** Vacuums former contents. The server's log keeps them (docs/how-to/run-on-postgresql.md). */
  async scrub(): Promise<void> {
    this.#isScrubDue = true;
    await unlessUnavailable(async () => {
      await this.#sessions.query(POSTGRES.scrubKeys);
      this.#isScrubDue = false;
    });
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  #commitPlace(): CommitPlace {
    const keysVersion = this.#keys.version;
    return {
      logId: this.logId,
      firstIndex: this.logSize,
      keysVersion,
      decoys: this.#decoys,
    };
  }

  async #commitRestored(
    session: Session,
    entry: RestoredEntry,
    statement: ReturnType<typeof commitStatement>,
  ): Promise<void> {
    await session.query({ text: 'BEGIN; SET LOCAL statement_timeout = 0' });
    await restoreStandings(session, entry, this.logSize);
    await session.query(statement);
    await session.query({ text: 'COMMIT' });
  }

  async #loadKeys(): Promise<void> {
    const statement = { text: 'SELECT version, value FROM keys' };
    const [row] = await this.#sessions.query<{ version: string; value: string }>(statement);
    const { version = 0, value: text = '' } = row ?? {};
    // Unchanged keys stay the same object, so that callers can compare references.
    const value = text === this.#keys.text ? this.#keys.value : text === '' ? undefined : readStoredKeys(text);
    this.#keys = { version: Number(version), text, value };
  }
}

interface LoadedKeys {
  readonly version: number;
  readonly text: string;
  readonly value: StoredKeys | undefined;
}

/** Whether a change depends on loaded rows. Entries alone depend only on this daemon's own log. */
function hangsOnLoaded(change: Change, written: readonly unknown[]): boolean {
  const { answered, keys, restored, files, numbers } = change;
  if ([...files, ...numbers].length > 0) return true;
  return written.length > 0 || answered.length > 0 || keys !== undefined || restored !== undefined;
}
