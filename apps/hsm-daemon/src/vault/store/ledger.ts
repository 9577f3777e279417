import type { Purpose } from '../../boundary/commands.ts';
import type { WrappedKey } from '../crypto/keyring.ts';
import type { Entry, VerdictEntry } from '../domain/audit/entry.ts';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';

/** A former verdict, found again by its request key. */
export interface FormerVerdict {
  readonly log_index: number;
  readonly entry: VerdictEntry;
}

/** What a ceremony leaves in the store. The root key itself is nowhere. */
export interface StoredKeys {
  readonly realm: string;
  readonly root_key_kcv: string;
  readonly threshold: number;
  /** Who holds which share: a wrong one is named at once. */
  readonly holders: readonly ShareHolder[];
  readonly keys: readonly WrappedKey[];
}

export interface ShareHolder {
  readonly custodian: string;
  /** SHA-256 of the encoded share, in hexadecimal: a share has 256 random bits, so this tells nothing of it. */
  readonly share_digest: string;
}

/**
 * The port to what must last. The audit log is the truth; enrolments are its fold. An engine keeps the
 * fold fresh: after `commit` it shows what the new entries made.
 */
export interface Ledger {
  /** Entries in the log; the next one gets this index. */
  readonly log_size: number;
  readonly active_enrolments: number;
  /** The current enrolment of a card for a purpose. */
  enrolment(subject: string, purpose: Purpose): Enrolment | undefined;
  /** The verdict given under this request key in the last 24 hours. */
  formerVerdict(request_key: string): FormerVerdict | undefined;
  /** False when no further request key can be remembered: new requests must then be refused. */
  hasRoomForRequests(count: number): boolean;
  /** Appends the entries whole or not at all; when it returns they are durable. With them, a ceremony's keys. */
  commit(entries: readonly Entry[], at_ms: number, keys?: StoredKeys): void;
  /** Brings the fold's table a little nearer to the log. Called between batches, never inside one. */
  writeBackSome(): void;
  readonly keys: StoredKeys | undefined;
  /** Every entry from `first` on, in order. */
  entries(first: number): Iterable<Entry>;
  close(): void;
}
