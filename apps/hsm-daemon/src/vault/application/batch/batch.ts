import {
  type CeremonyEntry,
  type Entry,
  type EntryFacts,
  EntryRow,
  type RestoredEntry,
  type Verdict,
  type VerdictEntry,
  type VerdictReason,
} from '@ramz/audit-log';
import type { Statement } from '@ramz/custody';
import type { ActCommand } from '../../../boundary/commands.ts';
import { changesStanding, foldEntry, purposesTouched, type StandingEntry } from '../../domain/enrolment/fold-entry.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { eventOf } from '../../domain/events/events.ts';
import type { AnsweredRequest, CeremonyAt, LoggedEvent, StandingPlace, StoredKeys } from '../../store/ledger.ts';
import { BOTH_BYTES, NO_REQUESTS, type RequestNames } from '../../store/request-names.ts';
import { Places } from './places.ts';
import type { VaultPorts } from './ports.ts';
import { writeAnchor } from './write-anchor.ts';

const NOTHING = new Uint8Array();
const LOCKS: readonly VerdictReason[] = ['locked-now', 'slow-locked-now', 'card-locked-now'];
const FROM_CALLERS: readonly Entry['kind'][] = ['verdict', 'enrolled', 'refusal'];

/** A batch as commands see it: they record, look and say what follows, and never decide when it is durable. */
export type Draft = Omit<Batch, 'commit'>;

/** What a request was answered before, and whether it is the same that was asked. */
export interface FormerAnswer extends Pick<AnsweredRequest, 'logIndex' | 'reason'> {
  readonly isSameRequest: boolean;
}

/** What happens outside the store once the batch is durable, or because it never will be. */
interface Effect {
  readonly done: () => void | Promise<void>;
  readonly undone?: (() => void) | undefined;
}

/** What the store is to get, in the making: begun anew by each commit. */
interface Part {
  readonly row: EntryRow;
  readonly events: LoggedEvent[];
  readonly ceremonies: CeremonyAt[];
  readonly changed: Set<StandingPlace>;
  readonly reliedOn: Set<StandingPlace>;
  readonly rehearsed: Standing[];
  readonly answered: AnsweredRequest[];
  isAskedFor: boolean;
  restored?: RestoredEntry;
  keys?: StoredKeys;
  /** A stored verdict is given again: nothing else may make the batch wait until it is durable. */
  tellsFormer: boolean;
}

function newPart(): Part {
  return {
    row: new EntryRow(),
    events: [],
    ceremonies: [],
    changed: new Set(),
    reliedOn: new Set(),
    rehearsed: [],
    answered: [],
    isAskedFor: false,
    tellsFormer: false,
  };
}

/**
 * What the commands of one batch have done so far, over the ledger, before it is durable. Each command
 * sees what those before it did; all of it is committed together or is as if it never was.
 */
export class Batch {
  readonly nowMs: number;
  /** Of the requests that it answers. */
  readonly names: RequestNames;
  readonly #ports: Pick<VaultPorts, 'ledger' | 'anchor'>;
  #places: Places;
  #part = newPart();
  /** By the number of the first request with the same key. */
  readonly #given = new Map<number, AnsweredRequest>();
  #effects: Effect[] = [];
  /** Locks that this batch made, by caller; kept until it is durable, and told then. */
  readonly #locks = new Map<string, number>();
  /** Callers of whom this batch has an alarm; kept in the same way. */
  readonly alarmed: Set<string> = new Set();

  constructor(ports: Pick<VaultPorts, 'ledger' | 'anchor'>, nowMs: number, names: RequestNames = NO_REQUESTS) {
    this.#ports = ports;
    this.nowMs = nowMs;
    this.names = names;
    this.#places = new Places(ports.ledger);
  }

  place(subject: string, purpose: StandingPlace['purpose']): StandingPlace {
    return this.#places.at(subject, purpose);
  }

  /** What the request was answered: in this batch, or before it. @throws RowBroken, LogBroken */
  formerAnswer(request: number): FormerAnswer | undefined {
    const given = this.answerGiven(request);
    if (given !== undefined) return { ...given, isSameRequest: this.names.isSameDigest(request, given.request) };
    const former = this.#ports.ledger.formerVerdict(this.names, request);
    if (former === undefined) return undefined;
    this.#part.tellsFormer = true;
    return { ...former, isSameRequest: former.requestDigest === this.names.digestOf(request) };
  }

  /** What this batch has answered under the same key. */
  answerGiven(request: number): AnsweredRequest | undefined {
    return this.#given.get(this.names.firstWithKey(request));
  }

  hasRoomForRequests(count: number): boolean {
    return this.#ports.ledger.hasRoomForRequests(this.#part.answered.length + count);
  }

  /** A decision hangs on these too, although it does not change them. */
  relyOn(places: Iterable<StandingPlace>): void {
    for (const place of places) this.#part.reliedOn.add(place);
  }

  /** Something that the store is to write nowhere, in the time of a standing. */
  rehearse(standing: Standing): void {
    this.#part.rehearsed.push(standing);
  }

  /** The verdict on one of the batch's requests. Returns the log index it will have. */
  recordVerdict(verdict: Verdict, { standing }: StandingPlace, request: number): number {
    const { row, answered } = this.#part;
    row.addVerdict(verdict, this.names.bytes, request * BOTH_BYTES);
    const { reason, caller } = verdict;
    const logIndex = this.#recorded(verdict, standing);
    const answer = { request, logIndex, reason };
    answered.push(answer);
    this.#given.set(this.names.firstWithKey(request), answer);
    if (LOCKS.includes(reason)) this.#locks.set(caller, this.locksBy(caller) + 1);
    return logIndex;
  }

  /** Any other entry. Returns the log index it will have. */
  record(entry: Exclude<Entry, VerdictEntry>): number {
    const part = this.#part;
    part.row.add(entry);
    const logIndex = this.#recorded(entry, undefined);
    if (entry.kind === 'restored') part.restored = entry;
    const ceremony = entry.kind === 'ceremony' || entry.kind === 'restored' ? entry.ceremony : '';
    if (ceremony !== '') part.ceremonies.push({ id: ceremony, logIndex });
    return logIndex;
  }

  /** What is in the row by now is told, and folded. */
  #recorded(entry: EntryFacts, before: Standing | undefined): number {
    const part = this.#part;
    const logIndex = this.#ports.ledger.logSize + part.row.count - 1;
    const kind = eventOf(before, entry);
    if (kind !== undefined) part.events.push({ logIndex, kind });
    part.isAskedFor ||= FROM_CALLERS.includes(entry.kind);
    if (changesStanding(entry)) this.#fold(entry, logIndex);
    return logIndex;
  }

  #fold(entry: StandingEntry, logIndex: number): void {
    for (const purpose of purposesTouched(entry)) {
      const place = this.place(entry.subject, purpose);
      const after = foldEntry(place.standing, purpose, entry, logIndex);
      if (after === undefined || after === place.standing) continue;
      place.standing = after;
      this.#part.changed.add(place);
    }
  }

  /** Locks that this caller made in this batch. */
  locksBy(caller: string): number {
    return this.#locks.get(caller) ?? 0;
  }

  get locks(): ReadonlyMap<string, number> {
    return this.#locks;
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
    this.#part.keys = keys;
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
    const part = this.#part;
    this.#part = newPart();
    this.#places = new Places(this.#ports.ledger);
    this.#given.clear();
    const { ledger } = this.#ports;
    if (part.row.count > 0) await ledger.commit({ ...part, atMs: this.nowMs, names: this.names });
    else if (part.tellsFormer) await ledger.confirm();
    else return;
    // Also after a confirmation: the anchor of the commit that gave the verdict may have failed.
    writeAnchor(this.#ports, this.nowMs);
  }
}
