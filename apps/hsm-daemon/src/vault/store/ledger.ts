import type { Purpose } from '../../boundary/commands.ts';
import type { Quorum } from '../../boundary/quorum.ts';
import type { Person } from '../../boundary/statements.ts';
import type { WrappedKey } from '../crypto/keyring.ts';
import type { Entry, VerdictEntry } from '../domain/audit/entry.ts';
import type { EventKind } from '../domain/audit/events.ts';
import type { NodeAt } from '../domain/audit/proofs.ts';
import type { ShareSet } from '../domain/ceremony/ceremony.ts';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import type { KeyRecord } from '../domain/keys/key-record.ts';

/** A former verdict, found again by its request key. */
export interface FormerVerdict {
  readonly log_index: number;
  readonly entry: VerdictEntry;
}

/** An entry that somebody should look at. Kept beside the log: it can be made again from it. */
export interface LoggedEvent {
  readonly log_index: number;
  readonly kind: EventKind;
}

/** What ceremonies leave in the store. The root key itself is nowhere. */
export interface StoredKeys {
  readonly realm: string;
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
  readonly persons: readonly Person[];
  readonly quorum: Quorum;
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

/**
 * The port to what must last. The audit log is the truth; enrolments are its fold. An engine keeps the
 * fold fresh: after `commit` it shows what the new entries made.
 */
export interface Ledger {
  /** Entries in the log; the next one gets this index. */
  readonly log_size: number;
  /** Drawn when the store was made: names the log in its checkpoints. 32 hexadecimal digits. */
  readonly log_id: string;
  readonly active_enrolments: number;
  /** The current enrolment of a card for a purpose. */
  enrolment(subject: string, purpose: Purpose): Enrolment | undefined;
  /** The verdict given under this request key in the last 24 hours. */
  formerVerdict(request_key: string): FormerVerdict | undefined;
  /** False when no further request key can be remembered: new requests must then be refused. */
  hasRoomForRequests(count: number): boolean;
  /** Appends the entries whole or not at all; when it returns they are durable. With them, a ceremony's keys. */
  commit(entries: readonly Entry[], at_ms: number, events?: readonly LoggedEvent[], keys?: StoredKeys): void;
  /** At most `count` events of entries from `first` on, in order. */
  events(first: number, count: number): readonly LoggedEvent[];
  /** The latest event of one of these kinds. */
  latestEvent(kinds: readonly EventKind[]): LoggedEvent | undefined;
  /** Brings the fold's table a little nearer to the log. Called between batches, never inside one. */
  writeBackSome(): void;
  readonly keys: StoredKeys | undefined;
  /** Every entry from `first` on, in order. */
  entries(first: number): Iterable<Entry>;
  /** The bytes of at most `count` entries from `first` on: the leaves of the tree. */
  leaves(first: number, count: number): Uint8Array[];
  /** Root of the tree over the first `size` entries; over all when not said. */
  treeRoot(size?: number): Uint8Array;
  readonly nodeAt: NodeAt;
  /** Log indices of a ceremony's entries, in order; none for one that never was. */
  ceremonyEntries(id: string): readonly number[];
  /** The last ceremony that was opened. */
  latestCeremony(): string | undefined;
  entry(log_index: number): Entry;
  putCheckpoint(size: number, note: string): void;
  /** The newest `count` signed notes, the largest last. */
  checkpoints(count: number): readonly string[];
  /** Overwrites what was deleted, after keys were destroyed. */
  scrub(): void;
  close(): void;
}
