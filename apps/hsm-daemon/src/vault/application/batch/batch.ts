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
import { changesFile } from '../../domain/register/fold-file.ts';
import type { SubjectFile } from '../../domain/register/subject-file.ts';
import type {
  AnsweredRequest,
  CeremonyAt,
  FilePlace,
  LoggedEvent,
  StandingPlace,
  StoredKeys,
} from '../../store/ledger.ts';
import { BOTH_BYTES, NO_REQUESTS, type RequestNames } from '../../store/request-names.ts';
import { Fault } from './fault.ts';
import { Places } from './places.ts';
import type { VaultPorts } from './ports.ts';
import { Register } from './register.ts';
import { writeAnchor } from './write-anchor.ts';

const NOTHING = new Uint8Array();
const LOCKS: readonly VerdictReason[] = ['locked-now', 'slow-locked-now', 'card-locked-now'];
const FROM_CALLERS: readonly Entry['kind'][] = ['verdict', 'enrolled', 'refusal', 'life-cycle'];

/** A batch as commands see it: they record and read, but do not decide when it is durable. */
export type Draft = Omit<Batch, 'commit'>;

/** An earlier answer under a request id, and whether the request was the same. */
export interface FormerAnswer extends Pick<AnsweredRequest, 'logIndex' | 'reason'> {
  readonly isSameRequest: boolean;
}

/** What happens outside the store once the batch is durable, or when its commit failed. */
interface Effect {
  readonly done: () => void | Promise<void>;
  readonly undone?: (() => void) | undefined;
}

/** What the next commit writes to the store. Each commit begins a new part. */
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
  /** A stored verdict is returned again, so the batch must confirm that it is durable. */
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
 * What the commands of one batch have done so far, on top of the ledger and before it is durable.
 * Each command sees what those before it did; everything is committed together or not at all.
 */
export class Batch {
  readonly nowMs: number;
  /** Names of the requests that it answers. */
  readonly names: RequestNames;
  readonly #ports: Pick<VaultPorts, 'ledger' | 'anchor'>;
  #places: Places;
  #register: Register;
  #part = newPart();
  /** By the number of the first request with the same key. */
  readonly #given = new Map<number, AnsweredRequest>();
  #effects: Effect[] = [];
  /** Locks that this batch made, by caller; reported once it is durable. */
  readonly #locks = new Map<string, number>();
  /** Callers that this batch has an alarm about; reported in the same way. */
  readonly alarmed: Set<string> = new Set();

  constructor(ports: Pick<VaultPorts, 'ledger' | 'anchor'>, nowMs: number, names: RequestNames = NO_REQUESTS) {
    this.#ports = ports;
    this.nowMs = nowMs;
    this.names = names;
    this.#places = new Places(ports.ledger);
    this.#register = new Register(ports.ledger);
  }

  place(subject: string, purpose: StandingPlace['purpose']): StandingPlace {
    return this.#places.at(subject, purpose);
  }

  /** The file of a subject, which the command that asks for it has loaded. */
  file(subject: string): FilePlace {
    return this.#register.file(subject);
  }

  /** The files whose tokens were issued under a number. */
  filesUnder(number: string): readonly FilePlace[] {
    return this.#register.filesUnder(number);
  }

  /** Notes that a decision depends on who has tokens under a number. */
  relyOnNumber(number: string): void {
    this.#register.relyOn(number);
  }

  /** Writes the file of a decoy as it is, which takes the time of writing a file that changed. */
  rehearseFile(decoy: SubjectFile): void {
    this.#register.rehearse(decoy);
  }

  /** Notes that a stored answer is returned again, so that it must be durable. */
  tellFormer(): void {
    this.#part.tellsFormer = true;
  }

  /**
   * Returns the answer to the request, given in this batch or before it.
   * @throws RowBroken, LogBroken
   */
  formerAnswer(request: number): FormerAnswer | undefined {
    const given = this.answerGiven(request);
    if (given !== undefined) return { ...given, isSameRequest: this.names.isSameDigest(request, given.request) };
    const former = this.#ports.ledger.formerVerdict(this.names, request);
    if (former === undefined) return undefined;
    this.#part.tellsFormer = true;
    return { ...former, isSameRequest: former.requestDigest === this.names.digestOf(request) };
  }

  /** Returns what this batch has answered under the same key. */
  answerGiven(request: number): AnsweredRequest | undefined {
    return this.#given.get(this.names.firstWithKey(request));
  }

  hasRoomForRequests(count: number): boolean {
    return this.#ports.ledger.hasRoomForRequests(this.#part.answered.length + count);
  }

  /** Notes places that a decision depends on although it does not change them. */
  relyOn(places: Iterable<StandingPlace>): void {
    for (const place of places) this.#part.reliedOn.add(place);
  }

  /** Makes the store take the time of writing a standing, and write nothing. */
  rehearse(standing: Standing): void {
    this.#part.rehearsed.push(standing);
  }

  /** Records the verdict on one of the batch's requests. Returns the log index it will have. */
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

  /** Records any other entry. Returns the log index it will have. */
  record(entry: Exclude<Entry, VerdictEntry>): number {
    const part = this.#part;
    addTo(part.row, entry);
    const logIndex = this.#recorded(entry, undefined);
    if (entry.kind === 'restored') part.restored = entry;
    const ceremony = entry.kind === 'ceremony' || entry.kind === 'restored' ? entry.ceremony : '';
    if (ceremony !== '') part.ceremonies.push({ id: ceremony, logIndex });
    return logIndex;
  }

  /** Notes the event of the entry that was just added, and folds it. */
  #recorded(entry: EntryFacts, before: Standing | undefined): number {
    const part = this.#part;
    const logIndex = this.#ports.ledger.logSize + part.row.count - 1;
    const pin = entry.kind !== 'verdict' && changesFile(entry) ? this.#register.fold(entry, logIndex) : undefined;
    const kind = eventOf(before, entry, pin);
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

  /** Returns the locks that this caller made in this batch. */
  locksBy(caller: string): number {
    return this.#locks.get(caller) ?? 0;
  }

  get locks(): ReadonlyMap<string, number> {
    return this.#locks;
  }

  /** Records a signed statement, word for word. */
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

  /** Records what the vault did, or refused. */
  recordAct(act: Partial<CeremonyEntry> & Pick<CeremonyEntry, 'act'>): number {
    const nobody = { caller: '', ceremony: '', by: '', detail: '', statement: NOTHING, signature: NOTHING };
    return this.record({ ...nobody, atMs: this.nowMs, ...act, kind: 'ceremony' });
  }

  storeKeys(keys: StoredKeys): void {
    this.#part.keys = keys;
  }

  /**
   * Adds an effect of the commit. Effects run in call order: keys are open only when the log says
   * so.
   * @param undone runs when the commit failed; the rest of the batch is forgotten
   */
  afterCommit(done: Effect['done'], undone?: Effect['undone']): void {
    this.#effects.push({ done, undone });
  }

  /**
   * Commits the batch and runs its effects. Later records are a new part, for the next call.
   * @throws RaceLost, StoreUnavailable
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
    const { files, numbers } = this.#register;
    this.#part = newPart();
    this.#places = new Places(this.#ports.ledger);
    this.#register = new Register(this.#ports.ledger);
    this.#given.clear();
    const { ledger } = this.#ports;
    if (part.row.count > 0) await ledger.commit({ ...part, files, numbers, atMs: this.nowMs, names: this.names });
    else if (part.tellsFormer) await ledger.confirm();
    else return;
    // Also after a confirmation: the anchor write of the verdict's own commit may have failed.
    writeAnchor(this.#ports, this.nowMs);
  }
}

/** @throws Fault for an entry that is too long: a broken request must not end the vault */
function addTo(row: EntryRow, entry: Exclude<Entry, VerdictEntry>): void {
  try {
    row.add(entry);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Fault('too-much-to-record', `an entry of the log has no room for this: ${error.message}`);
  }
}
