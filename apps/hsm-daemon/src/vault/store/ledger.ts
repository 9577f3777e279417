import type { Entry, EntryRow, NodeAt, Purpose, RestoredEntry, VerdictReason } from '@ramz/audit-log';
import type { Person, Quorum } from '@ramz/custody';
import type { ShareSet } from '../domain/ceremony/ceremony.ts';
import type { OtherClock } from '../domain/clock/compare-clocks.ts';
import type { Standing, StandingName } from '../domain/enrolment/standing.ts';
import type { EventKind } from '../domain/events/events.ts';
import type { KeyRecord, WrappedKey } from '../domain/keys/key-record.ts';
import { NO_REQUESTS, type RequestNames } from './request-names.ts';
import type { RowBroken } from './store-errors.ts';

/** A former verdict, found again by its request key. */
export interface FormerVerdict {
  /** In the log of the daemon that gave it. */
  readonly logIndex: number;
  readonly reason: VerdictReason;
  readonly requestDigest: string;
}

/** An entry that somebody should look at. Kept beside the log: it can be made again from it. */
export interface LoggedEvent {
  readonly logIndex: number;
  readonly kind: EventKind;
}

/** Another system of the bank, that seals codes for the vault (ISO 9564). */
export interface Zone {
  readonly name: string;
  /** Of the seed master key that its key derives from. */
  readonly epoch: number;
  readonly kcv: string;
  /** Whose X25519 key it was sealed to, in hexadecimal. */
  readonly recipient: string;
  readonly sealed_key: Uint8Array;
  readonly exported_at_ms: number;
}

/** What ceremonies leave in the store. The root key itself is nowhere. */
export interface StoredKeys {
  readonly realm: string;
  /** Name of the profile: every seed derives with it. */
  readonly bank: string;
  /** Of the store: bumped by each restore. */
  readonly epoch: number;
  /** Which shares are in force; `digests` in the order of the holders name a wrong one at once. */
  readonly shares: ShareSet & {
    readonly identifier: number;
    /** Of each encoded share: it has 256 random bits, so this tells nothing of it. */
    readonly digests: readonly string[];
  };
  readonly root: KeyRecord;
  readonly keys: readonly WrappedKey[];
  /** Root keys that are no more: their records stay. */
  readonly former_roots: readonly KeyRecord[];
  readonly zones: readonly Zone[];
  readonly persons: readonly Person[];
  readonly quorum: Quorum;
  /** Common names of certificates that may ask for nothing. */
  readonly blocked_callers: readonly string[];
  /** The root key under a key of a PKCS #11 token or of the development file; empty unless enabled. */
  readonly guarded_root: Uint8Array;
  readonly destroyed: boolean;
}

/** Public half of the key that signs the log: there as long as anything of it is to be checked. */
export function auditKeyOf({ keys }: Pick<StoredKeys, 'keys'>): Uint8Array {
  const audit = keys.find(({ name }) => name === 'audit');
  if (audit === undefined) throw new Error('the store holds keys without an audit key');
  return audit.public_key;
}

/** What a batch needs to know before it is decided. */
export interface LoadRequest {
  readonly places: readonly StandingName[];
  readonly names: RequestNames;
  /** Verdicts that were given at this time or before are forgotten, whether or not the store still has them. */
  readonly requestsSinceMs: number;
}

export const NOTHING_TO_LOAD: LoadRequest = { places: [], names: NO_REQUESTS, requestsSinceMs: 0 };

/** How long a request id is remembered, to the millisecond (proto/ramz/hsm/v1/verification.proto). */
export const REQUESTS_KEPT_MS: number = 24 * 3600 * 1000;

/**
 * A standing as the store has it, and as one batch changes it: one object for each, looked up once. Whatever else it
 * knows of the place is its engine's affair.
 */
export interface StandingPlace {
  readonly subject: string;
  readonly purpose: Purpose;
  /** Undefined where there is none, or it cannot be read. */
  standing: Standing | undefined;
  /** Why it cannot be read. Only a call that wants it is told. */
  readonly broken: RowBroken | undefined;
}

/** The verdict on one of a batch's requests. */
export interface AnsweredRequest {
  /** Its number among the names. */
  readonly request: number;
  readonly logIndex: number;
  readonly reason: VerdictReason;
}

/** An entry that is of a ceremony. */
export interface CeremonyAt {
  readonly id: string;
  readonly logIndex: number;
}

/** What a batch did: all of it lasts, or nothing. */
export interface Change {
  readonly atMs: number;
  readonly row: EntryRow;
  /** Of these entries. */
  readonly events: readonly LoggedEvent[];
  readonly ceremonies: readonly CeremonyAt[];
  /** Standings that the entries changed, each as it is now. */
  readonly changed: Iterable<StandingPlace>;
  /**
   * Looked at and not changed, and a decision hangs on them all the same: what another daemon did there meanwhile would
   * have led to another one.
   */
  readonly reliedOn: Iterable<StandingPlace>;
  /** These are written nowhere, and take the time of those that are: time must not tell why a code was refused (D-14). */
  readonly rehearsed: readonly Standing[];
  readonly names: RequestNames;
  readonly answered: readonly AnsweredRequest[];
  /** Callers asked for some of it: they are the first to wait when room runs out. */
  readonly isAskedFor: boolean;
  /** One of the entries, after which no floor is below its own. An engine folds it into every standing. */
  readonly restored?: RestoredEntry | undefined;
  /** What a ceremony makes of the keys. */
  readonly keys?: StoredKeys | undefined;
}

/**
 * The port to what must last. The audit log is the truth; standings are its fold. Several daemons may share a store:
 * each has its own log in it, and whoever loses a race decides again.
 *
 * Everything that waits for the store may throw StoreUnavailable: nothing is known then of what was asked.
 */
export interface Ledger {
  /** Entries in this daemon's log; the next one gets this index. */
  readonly logSize: number;
  /** Drawn when the log was begun: names it in its checkpoints. 32 hexadecimal digits. */
  readonly logId: string;
  readonly keys: StoredKeys | undefined;
  /** Room on the volume that it lies on; undefined where that is somebody else's. */
  readonly freeBytes: number | undefined;
  activeEnrolments(): Promise<number>;
  /** Brings what is wanted, and the keys as they are now, within reach. Forgets what was loaded before. */
  load(wanted: LoadRequest): Promise<void>;
  /** How a subject stands with a purpose, as of `load`: the caller keeps it, and hands it back when it changed. */
  place(subject: string, purpose: Purpose): StandingPlace;
  /** The verdict given under the key of this request in the last 24 hours, as of `load`. @throws RowBroken, LogBroken */
  formerVerdict(names: RequestNames, request: number): FormerVerdict | undefined;
  /** False when no further request key can be remembered: new requests must then be refused. */
  hasRoomForRequests(count: number): boolean;
  /** Durable when it returns. @throws RaceLost when it was decided on what is no more: load and decide again */
  commit(change: Change): Promise<void>;
  /**
   * Returns when what was loaded is durable: a row that can be read may still be missing on the standby. A commit says so,
   * too; this is for answers that are read and write nothing. @throws StoreUnavailable
   */
  confirm(): Promise<void>;
  /** At most `count` events of entries from `first` on, in order: of these kinds, or all but those that nobody is shown. */
  events(first: number, count: number, kinds?: readonly EventKind[]): Promise<readonly LoggedEvent[]>;
  /** The latest event of one of these kinds. */
  latestEvent(kinds: readonly EventKind[]): Promise<LoggedEvent | undefined>;
  /** Clocks that can be seen over the store: other daemons', and the server's; none where there is neither. */
  otherClocks(wallMs: () => number, isBelieved: (server: OtherClock) => boolean): Promise<readonly OtherClock[]>;
  /** What may be done later than the answers: called between batches, never inside one. */
  tidy(nowMs: number): Promise<void>;
  /**
   * The bytes of at most `count` entries from `first` on: the leaves of the tree. Fewer where they are large: no more are
   * read once there are `bytesMax` of them.
   */
  leaves(first: number, count: number, bytesMax?: number): Promise<readonly Uint8Array[]>;
  entry(logIndex: number): Promise<Entry>;
  /** Root of the tree over all entries. */
  treeRoot(): Uint8Array;
  /** Whatever is made of hashes inside the tree: a proof, a former root. `make` may be called twice. */
  fromTree<T>(make: (nodeAt: NodeAt) => T): Promise<T>;
  /** Log indices of a ceremony's entries, in order; none for one that never was. */
  ceremonyEntries(id: string): Promise<readonly number[]>;
  /** The last ceremony that was opened by this daemon. */
  latestCeremony(): Promise<string | undefined>;
  putCheckpoint(size: number, note: string): Promise<void>;
  /** The newest `count` signed notes, the largest last. */
  checkpoints(count: number): Promise<readonly string[]>;
  /** Overwrites what was deleted, after keys were destroyed; later, when the store cannot do it now. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
