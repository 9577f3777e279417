import type { Entry, EntryRow, NodeAt, Purpose, RestoredEntry, VerdictReason } from '@ramz/audit-log';
import type { Person, Quorum } from '@ramz/custody';
import type { ShareSet } from '../domain/ceremony/ceremony.ts';
import type { OtherClock } from '../domain/clock/compare-clocks.ts';
import type { Standing, StandingName } from '../domain/enrolment/standing.ts';
import type { EventKind } from '../domain/events/events.ts';
import type { KeyRecord, WrappedKey } from '../domain/keys/key-record.ts';
import type { SubjectFile } from '../domain/register/subject-file.ts';
import { NO_REQUESTS, type RequestNames } from './request-names.ts';
import type { RowBroken } from './store-errors.ts';

/** A former verdict, found by its request key. */
export interface FormerVerdict {
  /** Index in the log of the daemon that gave the verdict. */
  readonly logIndex: number;
  readonly reason: VerdictReason;
  readonly requestDigest: string;
}

/** An entry that someone should look at. Kept beside the log, from which it can be rebuilt. */
export interface LoggedEvent {
  readonly logIndex: number;
  readonly kind: EventKind;
}

/** Another system of the bank that seals codes for the vault (ISO 9564). */
export interface Zone {
  readonly name: string;
  /** Epoch of the seed master key from which the zone's key derives. */
  readonly epoch: number;
  /** Absent in what was stored when every key had 256. */
  readonly bits?: 128 | 192 | 256 | undefined;
  readonly kcv: string;
  /** The X25519 key of the recipient that it was sealed to, in hexadecimal. */
  readonly recipient: string;
  readonly sealed_key: Uint8Array;
  readonly exported_at_ms: number;
}

/** What ceremonies leave in the store. The root key itself is stored nowhere. */
export interface StoredKeys {
  readonly realm: string;
  /** Name of the profile. Every seed derives from it, too. */
  readonly bank: string;
  /** Epoch of the store. Each restore increments it. */
  readonly epoch: number;
  /**
   * Epoch of the last restore after which the core has sent its subjects again (D-23). Absent in a
   * store that was never restored.
   */
  readonly replayed_epoch?: number | undefined;
  /** The shares in force. `digests`, in the order of the holders, identify a wrong share. */
  readonly shares: ShareSet & {
    readonly identifier: number;
    /** Hash of each encoded share. A share has 256 random bits, so its hash reveals nothing. */
    readonly digests: readonly string[];
  };
  readonly root: KeyRecord;
  readonly keys: readonly WrappedKey[];
  /** Records of root keys that no longer exist. */
  readonly former_roots: readonly KeyRecord[];
  readonly zones: readonly Zone[];
  readonly persons: readonly Person[];
  readonly quorum: Quorum;
  /** Common names of certificates whose calls are all rejected. */
  readonly blocked_callers: readonly string[];
  /** The root key under a key of a PKCS #11 token or a development file; empty unless enabled. */
  readonly guarded_root: Uint8Array;
  readonly destroyed: boolean;
}

/** Returns the public half of the key that signs the log, kept for as long as logs are checked. */
export function auditKeyOf({ keys }: Pick<StoredKeys, 'keys'>): Uint8Array {
  const audit = keys.find(({ name }) => name === 'audit');
  if (audit === undefined) throw new Error('the store holds keys without an audit key');
  return audit.public_key;
}

/** What a batch must load before it is decided. */
export interface LoadRequest {
  readonly places: readonly StandingName[];
  readonly names: RequestNames;
  /** Verdicts given at this time or earlier are forgotten, even if the store still has them. */
  readonly requestsSinceMs: number;
}

export const NOTHING_TO_LOAD: LoadRequest = { places: [], names: NO_REQUESTS, requestsSinceMs: 0 };

/** Exact time for which a request id is remembered (proto/ramz/hsm/v1/verification.proto). */
export const REQUESTS_KEPT_MS: number = 24 * 3600 * 1000;

/**
 * A standing as the store has it, and as one batch changes it. There is one object for each place,
 * looked up once. An engine may add fields of its own.
 */
export interface StandingPlace {
  readonly subject: string;
  readonly purpose: Purpose;
  /** Undefined when there is none, or it cannot be read. */
  standing: Standing | undefined;
  /** Why it cannot be read. Only a call that needs it gets this error. */
  readonly broken: RowBroken | undefined;
}

/** What acts and enrolments must load of the register. */
export interface RegisterRequest {
  /** Whose files, with the rows of the numbers in them. */
  readonly subjects: readonly string[];
  /**
   * Whether to load all files whose tokens were issued under the registered numbers of these
   * subjects, too, with all standings of theirs.
   */
  readonly withNumbers: boolean;
}

/** A subject's file as the store has it, and as one batch changes it. An engine may add fields. */
export interface FilePlace {
  readonly subject: string;
  /** Undefined when there is none, or it cannot be read. */
  file: SubjectFile | undefined;
  readonly broken: RowBroken | undefined;
}

/**
 * The row of a mobile number: nothing but a version, which changes with every subject that is added
 * under the number. Without it a change of the number would miss one that is added meanwhile.
 */
export interface NumberPlace {
  /** Keyed hash of the number, 32 hexadecimal digits. */
  readonly number: string;
}

/** The verdict on one request of a batch. */
export interface AnsweredRequest {
  /** Number of the request among the names. */
  readonly request: number;
  readonly logIndex: number;
  readonly reason: VerdictReason;
}

/** An entry that belongs to a ceremony. */
export interface CeremonyAt {
  readonly id: string;
  readonly logIndex: number;
}

/** What a batch did. All of it becomes durable, or nothing. */
export interface Change {
  readonly atMs: number;
  readonly row: EntryRow;
  /** Events of these entries. */
  readonly events: readonly LoggedEvent[];
  readonly ceremonies: readonly CeremonyAt[];
  /** Standings that the entries changed, each in its new state. */
  readonly changed: Iterable<StandingPlace>;
  /**
   * Standings that were read, not changed, and on which a decision depends: a change by another
   * daemon in the meantime would have led to another decision.
   */
  readonly reliedOn: Iterable<StandingPlace>;
  /**
   * Written nowhere, but as slow as standings that are: timing must not reveal why a code was
   * refused (D-14).
   */
  readonly rehearsed: readonly Standing[];
  readonly names: RequestNames;
  readonly answered: readonly AnsweredRequest[];
  /** Files that the entries changed, each in its new state. */
  readonly files: Iterable<FilePlace>;
  /** Numbers whose subjects the entries changed, or on whose subjects they depend. */
  readonly numbers: Iterable<NumberPlace>;
  /** Whether callers requested part of it: these changes wait first when space runs out. */
  readonly isAskedFor: boolean;
  /** One of the entries, folded into all standings by the engine: no floor stays below its own. */
  readonly restored?: RestoredEntry | undefined;
  /** The keys after a ceremony; undefined when they do not change. */
  readonly keys?: StoredKeys | undefined;
}

/**
 * The port to durable state. The audit log is the truth; standings are its fold. Several daemons
 * may share a store: each has its own log in it, and a daemon that loses a race decides again.
 *
 * Every method that waits for the store may throw StoreUnavailable. The outcome is then unknown.
 */
export interface Ledger {
  /** Entries in this daemon's log; the next one gets this index. */
  readonly logSize: number;
  /** Random name of the log, used in its checkpoints. 32 hexadecimal digits. */
  readonly logId: string;
  readonly keys: StoredKeys | undefined;
  /** Free space on the store's volume; undefined when a database server owns the volume. */
  readonly freeBytes: number | undefined;
  activeEnrolments(): Promise<number>;
  /** Loads what is wanted and the current keys. Forgets what was loaded before. */
  load(wanted: LoadRequest): Promise<void>;
  /** Returns a place as of `load`. The caller keeps it, and passes it back when it changed. */
  place(subject: string, purpose: Purpose): StandingPlace;
  /**
   * Loads what acts need: files, then the standings of the same subjects once more. A standing is
   * never older than its file. Called after `load`.
   */
  loadRegister(wanted: RegisterRequest): Promise<void>;
  /** Returns a file as of `loadRegister`. The caller passes it back when it changed. */
  filePlace(subject: string): FilePlace;
  /**
   * Returns the files whose tokens were issued under a number, as of `loadRegister`: at most one
   * more than a number may have.
   */
  filesUnder(number: string): readonly FilePlace[];
  numberPlace(number: string): NumberPlace;
  /**
   * Returns the verdict given under this request's key in the last 24 hours, as of `load`.
   * @throws RowBroken, LogBroken
   */
  formerVerdict(names: RequestNames, request: number): FormerVerdict | undefined;
  /** Returns false when no more request keys can be remembered: new requests must be rejected. */
  hasRoomForRequests(count: number): boolean;
  /**
   * Makes the change durable before it returns.
   * @throws RaceLost when the change was decided on outdated rows or keys: load and decide again
   */
  commit(change: Change): Promise<void>;
  /**
   * Returns when what was loaded is durable: a row that can be read may still be missing on the
   * standby. A commit ensures it, too; this is for answers that write nothing.
   * @throws StoreUnavailable
   */
  confirm(): Promise<void>;
  /**
   * Returns at most `count` events of entries from `first` on, in order: those of `kinds`, by
   * default all that are shown to people.
   */
  events(first: number, count: number, kinds?: readonly EventKind[]): Promise<readonly LoggedEvent[]>;
  /** Returns the latest event of one of these kinds. */
  latestEvent(kinds: readonly EventKind[]): Promise<LoggedEvent | undefined>;
  /** Returns the clocks of other daemons and of the database server, as seen through the store. */
  otherClocks(wallMs: () => number, isBelieved: (server: OtherClock) => boolean): Promise<readonly OtherClock[]>;
  /** Does work that can wait until after the answers. Called between batches, never within one. */
  tidy(nowMs: number): Promise<void>;
  /**
   * Returns the bytes of at most `count` entries from `first` on: the leaves of the tree. Stops
   * early once it has read `bytesMax` bytes.
   */
  leaves(first: number, count: number, bytesMax?: number): Promise<readonly Uint8Array[]>;
  entry(logIndex: number): Promise<Entry>;
  /** Returns the root of the tree over all entries. */
  treeRoot(): Uint8Array;
  /** Makes a proof or a former root from hashes inside the tree. May call `make` twice. */
  fromTree<T>(make: (nodeAt: NodeAt) => T): Promise<T>;
  /** Returns the log indices of a ceremony's entries, in order; none for an unknown ceremony. */
  ceremonyEntries(id: string): Promise<readonly number[]>;
  /** Returns the last ceremony that this daemon opened. */
  latestCeremony(): Promise<string | undefined>;
  putCheckpoint(size: number, note: string): Promise<void>;
  /** Returns the newest `count` signed notes, the largest last. */
  checkpoints(count: number): Promise<readonly string[]>;
  /** Overwrites deleted data after keys were destroyed; later, if the store cannot do it now. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
