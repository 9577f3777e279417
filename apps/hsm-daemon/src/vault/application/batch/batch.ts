import type { CeremonyEntry, Entry, Purpose, VerdictReason } from '@ramz/audit-log';
import type { Statement } from '@ramz/custody';
import type { ActCommand } from '../../../boundary/commands.ts';
import { ByPlace } from '../../domain/enrolment/by-place.ts';
import { changesStanding, foldEntry, purposesTouched, type StandingEntry } from '../../domain/enrolment/fold-entry.ts';
import { placeOf, type Standing } from '../../domain/enrolment/standing.ts';
import { eventOf } from '../../domain/events/events.ts';
import type { FormerVerdict, Ledger, LoggedEvent, StoredKeys } from '../../store/ledger.ts';
import { RowBroken } from '../../store/store-errors.ts';
import type { VaultPorts } from './ports.ts';
import { writeAnchor } from './write-anchor.ts';

const NOTHING = new Uint8Array();
const LOCKS: readonly VerdictReason[] = ['locked-now', 'slow-locked-now', 'card-locked-now'];

/** A batch as commands see it: they record, look and say what follows, and never decide when it is durable. */
export type Draft = Omit<Batch, 'commit'>;

/** What happens outside the store once the batch is durable, or because it never will be. */
interface Effect {
  readonly done: () => void | Promise<void>;
  readonly undone?: (() => void) | undefined;
}

/**
 * What the commands of one batch have done so far, over the ledger, before it is durable. Each command
 * sees what those before it did; all of it is committed together or is as if it never was.
 */
export class Batch {
  readonly nowMs: number;
  readonly #ports: Pick<VaultPorts, 'ledger' | 'anchor'>;
  readonly #ledger: Ledger;
  #entries: Entry[] = [];
  #events: LoggedEvent[] = [];
  // Those that were looked at: each is asked for several times, and reading one costs.
  #standings = new ByPlace<Standing>();
  #changed = new ByPlace<Standing>();
  #reliedOn = new Set<string>();
  #rehearsed: Standing[] = [];
  #verdicts = new Map<string, FormerVerdict>();
  #keys: StoredKeys | undefined;
  /** A stored verdict is given again: nothing else may make the batch wait until it is durable. */
  #tellsFormer = false;
  #effects: Effect[] = [];
  /** Locks that this batch made, by caller; kept until it is durable, and told then. */
  readonly #locks = new Map<string, number>();
  /** Callers of whom this batch has an alarm; kept in the same way. */
  readonly alarmed: Set<string> = new Set();

  constructor(ports: Pick<VaultPorts, 'ledger' | 'anchor'>, nowMs: number) {
    this.#ports = ports;
    this.#ledger = ports.ledger;
    this.nowMs = nowMs;
  }

  standing(subject: string, purpose: Purpose): Standing | undefined {
    const known = this.#standings.get(subject, purpose);
    if (known !== undefined) return known;
    const found = this.#ledger.standing(subject, purpose);
    if (found !== undefined) this.#standings.set(subject, purpose, found);
    return found;
  }

  /** Undefined, too, for one that cannot be read: whoever decides on it is told. */
  readableStanding(subject: string, purpose: Purpose): Standing | undefined {
    try {
      return this.standing(subject, purpose);
    } catch (error) {
      if (error instanceof RowBroken) return undefined;
      throw error;
    }
  }

  formerVerdict(requestKey: string): FormerVerdict | undefined {
    const given = this.verdictGiven(requestKey);
    if (given !== undefined) return given;
    const former = this.#ledger.formerVerdict(requestKey);
    this.#tellsFormer ||= former !== undefined;
    return former;
  }

  /** The verdict of this batch under this request key. */
  verdictGiven(requestKey: string): FormerVerdict | undefined {
    return this.#verdicts.get(requestKey);
  }

  hasRoomForRequests(count: number): boolean {
    return this.#ledger.hasRoomForRequests(this.#verdicts.size + count);
  }

  /** A decision hangs on these too, although it does not change them. */
  relyOn(standings: Iterable<Standing>): void {
    for (const { subject, purpose } of standings) this.#reliedOn.add(placeOf(subject, purpose));
  }

  /** Something that the store is to write nowhere, in the time of a standing. */
  rehearse(standing: Standing): void {
    this.#rehearsed.push(standing);
  }

  /** Takes the entry into the batch, and folds it. Returns the log index it will have. */
  record(entry: Entry): number {
    const logIndex = this.#ledger.logSize + this.#entries.length;
    this.#entries.push(entry);
    const before = entry.kind === 'verdict' ? this.standing(entry.subject, entry.purpose) : undefined;
    const kind = eventOf(before, entry);
    if (kind !== undefined) this.#events.push({ logIndex, kind });
    if (entry.kind === 'verdict') {
      if (LOCKS.includes(entry.reason)) this.#locks.set(entry.caller, this.locksBy(entry.caller) + 1);
      const { reason, requestDigest } = entry;
      this.#verdicts.set(entry.requestKey, { logIndex, reason, requestDigest });
    }
    if (changesStanding(entry)) this.#fold(entry, logIndex);
    return logIndex;
  }

  /** Locks that this caller made in this batch. */
  locksBy(caller: string): number {
    return this.#locks.get(caller) ?? 0;
  }

  get locks(): ReadonlyMap<string, number> {
    return this.#locks;
  }

  #fold(entry: StandingEntry, logIndex: number): void {
    for (const purpose of purposesTouched(entry)) {
      const before = this.standing(entry.subject, purpose);
      const after = foldEntry(before, purpose, entry, logIndex);
      if (after === undefined || after === before) continue;
      this.#standings.set(entry.subject, purpose, after);
      this.#changed.set(entry.subject, purpose, after);
    }
  }

  /** What somebody signed, word for word. */
  recordStatement({ caller, statement, signature }: ActCommand, { type, by }: Statement, ceremony: string): number {
    return this.record({
      kind: 'ceremony',
      atMs: this.nowMs,
      caller,
      ceremony,
      act: type,
      by,
      detail: '',
      statement,
      signature,
    });
  }

  /** What the vault did, or refused. */
  recordAct(act: Partial<CeremonyEntry> & Pick<CeremonyEntry, 'act'>): number {
    const nobody = { caller: '', ceremony: '', by: '', detail: '', statement: NOTHING, signature: NOTHING };
    return this.record({ ...nobody, atMs: this.nowMs, ...act, kind: 'ceremony' });
  }

  storeKeys(keys: StoredKeys): void {
    this.#keys = keys;
  }

  /**
   * What is to happen after the commit, in this order: keys are open only when the log says so.
   * @param undone when the commit failed; what else it has done is forgotten
   */
  afterCommit(done: Effect['done'], undone?: Effect['undone']): void {
    this.#effects.push({ done, undone });
  }

  /**
   * Durable when it returns, and what follows has happened. What is recorded afterwards is a new part, committed by the next
   * call. @throws RaceLost, StoreUnavailable
   */
  async commit(): Promise<void> {
    const effects = this.#effects;
    this.#effects = [];
    try {
      await this.#write();
    } catch (error) {
      for (const { undone } of effects) undone?.();
      throw error;
    }
    for (const { done } of effects) await done();
  }

  async #write(): Promise<void> {
    if (this.#entries.length === 0) return this.#confirm();
    const change = {
      atMs: this.nowMs,
      entries: this.#entries,
      events: this.#events,
      standings: this.#changed,
      reliedOn: this.#reliedOn,
      rehearsed: this.#rehearsed,
      verdicts: this.#verdicts,
      ...(this.#keys !== undefined && { keys: this.#keys }),
    };
    this.#entries = [];
    this.#events = [];
    this.#standings = new ByPlace();
    this.#changed = new ByPlace();
    this.#reliedOn = new Set();
    this.#rehearsed = [];
    this.#verdicts = new Map();
    this.#keys = undefined;
    this.#tellsFormer = false;
    await this.#ledger.commit(change);
    writeAnchor(this.#ports, this.nowMs);
  }

  async #confirm(): Promise<void> {
    if (!this.#tellsFormer) return;
    this.#tellsFormer = false;
    await this.#ledger.confirm();
    // The anchor of the commit that gave the verdict may have failed.
    writeAnchor(this.#ports, this.nowMs);
  }
}
