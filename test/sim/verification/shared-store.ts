// An in-memory database shared by several daemons, in place of PostgreSQL, with faults from a seed.
// It passes the conformance suite of the real engines.

import { foldRestored } from '../../../apps/hsm-daemon/src/vault/domain/enrolment/fold-entry.ts';
import { activeIn, placeOf, type Standing } from '../../../apps/hsm-daemon/src/vault/domain/enrolment/standing.ts';
import { type EventKind, UNSEEN } from '../../../apps/hsm-daemon/src/vault/domain/events/events.ts';
import {
  type Change,
  type FilePlace,
  type FormerVerdict,
  type Ledger,
  type LoadRequest,
  type LoggedEvent,
  type NumberPlace,
  REQUESTS_KEPT_MS,
  type RegisterRequest,
  type StandingPlace,
  type StoredKeys,
} from '../../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { RaceLost } from '../../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import type { RequestNames } from '../../../apps/hsm-daemon/src/vault/store/request-names.ts';
import { StoreUnavailable } from '../../../apps/hsm-daemon/src/vault/store/store-errors.ts';
import { type Tile, TileTree } from '../../../apps/hsm-daemon/src/vault/store/tile-tree.ts';
import { leafHashesOfEach } from '../../../apps/hsm-daemon/src/vault/store/tree-hashes.ts';
import type { Entry } from '../../../libs/audit-log/src/entries/entry.ts';
import { decodeEntry } from '../../../libs/audit-log/src/entries/entry-codec.ts';
import { entriesOfRow } from '../../../libs/audit-log/src/entries/entry-row.ts';
import { PURPOSES, type Purpose } from '../../../libs/audit-log/src/entries/words.ts';
import type { NodeAt } from '../../../libs/audit-log/src/tree/proofs.ts';
import { SharedRegister, type StorePlant, underNumber } from './shared-register.ts';

interface Versioned {
  readonly version: number;
  readonly standing: Standing;
}

/** The outcome of one commit. */
export type CommitFate = 'done' | 'done-unheard' | 'lost';

/** The state shared by all daemons. */
export class SharedStore {
  readonly standings: Map<string, Versioned> = new Map();
  readonly register: SharedRegister = new SharedRegister();
  readonly requests: Map<string, { readonly verdict: FormerVerdict; readonly atMs: number }> = new Map();
  readonly logs: Map<string, { readonly leaves: Uint8Array[]; readonly events: LoggedEvent[] }> = new Map();
  readonly notes: Map<string, Map<number, string>> = new Map();
  keys: { version: number; value: StoredKeys | undefined } = { version: 0, value: undefined };
  plant: StorePlant = 'none';
  /** Called with the log of each commit that was done. */
  committed: (logId: string) => void = () => {};
  /** Decides the outcome of each commit. */
  fateOf: () => CommitFate = () => 'done';
  /** Awaited before each load and each commit. */
  turn: () => Promise<void> = () => Promise.resolve();

  logOf(logId: string) {
    const log = this.logs.get(logId) ?? { leaves: [], events: [] };
    this.logs.set(logId, log);
    return log;
  }
}

export class SharedLedger implements Ledger {
  readonly logId: string;
  readonly #store: SharedStore;
  readonly #tree = new TileTree();
  readonly #tiles = new Map<string, Uint8Array>();
  readonly #standings = new Map<string, Versioned | undefined>();
  readonly #requests = new Map<string, FormerVerdict>();
  #register = new SharedRegister();
  #keys: SharedStore['keys'] = { version: 0, value: undefined };

  constructor(store: SharedStore, logId: string) {
    this.#store = store;
    this.logId = logId;
    this.#catchUp();
    this.#keys = { ...store.keys };
  }

  get logSize(): number {
    return this.#tree.size;
  }

  get keys(): StoredKeys | undefined {
    return this.#keys.value;
  }

  async activeEnrolments(): Promise<number> {
    return [...this.#store.standings.values()].reduce((sum, { standing }) => sum + activeIn(standing), 0);
  }

  async load({ places, names, requestsSinceMs }: LoadRequest): Promise<void> {
    await this.#store.turn();
    // A commit with an unknown outcome may have been done.
    this.#catchUp();
    this.#standings.clear();
    this.#requests.clear();
    this.#register = new SharedRegister();
    for (const { subject, purpose } of places) {
      const place = placeOf(subject, purpose);
      this.#standings.set(place, this.#store.standings.get(place));
    }
    for (let i = 0; i < names.count; i++) {
      const former = this.#store.requests.get(names.keyOf(i));
      if (former === undefined || former.atMs <= requestsSinceMs) continue;
      if (this.#store.plant !== 'forgets-requests') this.#requests.set(names.keyOf(i), former.verdict);
    }
    this.#keys = { ...this.#store.keys };
  }

  place(subject: string, purpose: Purpose): StandingPlace {
    const standing = this.#standings.get(placeOf(subject, purpose))?.standing;
    return { subject, purpose, standing, broken: undefined };
  }

  async loadRegister({ subjects, withNumbers }: RegisterRequest): Promise<void> {
    await this.#store.turn();
    const { files, numbers } = this.#store.register;
    for (const subject of subjects) this.#loadWhole(subject);
    const registered = subjects.flatMap((subject) => files.get(subject)?.file.registered ?? '');
    for (const number of registered.filter((one) => one !== '')) {
      this.#register.numbers.set(number, numbers.get(number) ?? 0);
      if (withNumbers) for (const subject of underNumber(files, number)) this.#loadWhole(subject);
    }
  }

  #loadWhole(subject: string): void {
    this.#register.copy(this.#store.register.files, subject);
    for (const purpose of PURPOSES) {
      const place = placeOf(subject, purpose);
      this.#standings.set(place, this.#store.standings.get(place));
    }
  }

  filePlace(subject: string): FilePlace {
    const file = this.#register.files.get(subject)?.file;
    const forgets = this.#store.plant === 'forgets-acts';
    return { subject, file: forgets && file ? { ...file, acts: [] } : file, broken: undefined };
  }

  filesUnder(number: string): readonly FilePlace[] {
    return underNumber(this.#register.files, number).map((subject) => this.filePlace(subject));
  }

  numberPlace(number: string): NumberPlace {
    return { number };
  }

  formerVerdict(names: RequestNames, request: number): FormerVerdict | undefined {
    return this.#requests.get(names.keyOf(request));
  }

  hasRoomForRequests(): boolean {
    return true;
  }

  /** Confirms nothing further: everything in the store is durable. */
  async confirm(): Promise<void> {
    await this.#store.turn();
  }

  readonly freeBytes = undefined;

  async otherClocks(): Promise<[]> {
    return [];
  }

  async commit(change: Change): Promise<void> {
    const { row } = change;
    const leaves = entriesOfRow(row.bytes).map((leaf) => leaf.slice());
    await this.#store.turn();
    const fate = this.#store.fateOf();
    if (this.#store.plant === 'loses-commits' && fate === 'lost') return;
    if (fate !== 'lost') this.#write(change, leaves);
    if (fate !== 'done') throw new StoreUnavailable('the connection broke');
  }

  #write(change: Change, leaves: readonly Uint8Array[]): void {
    const store = this.#store;
    if (this.#hasLost(change)) throw new RaceLost();
    for (const { subject, purpose, standing } of change.changed) put(store, placeOf(subject, purpose), standing);
    for (const place of this.#onlyReliedOn(change)) put(store, place, store.standings.get(place)?.standing);
    const { restored } = change;
    if (restored !== undefined) {
      for (const [place, { standing }] of store.standings) put(store, place, foldRestored(standing, restored, 0));
    }
    for (const [key, verdict] of verdictsOf(change)) store.requests.set(key, { verdict, atMs: change.atMs });
    store.register.put(change);
    store.committed(this.logId);
    const log = store.logOf(this.logId);
    log.leaves.push(...leaves);
    log.events.push(...change.events);
    if (change.keys !== undefined) store.keys = { version: store.keys.version + 1, value: change.keys };
    this.#see(change);
  }

  /** Decides whether another daemon changed data that this change was decided on. */
  #hasLost(change: Change): boolean {
    const { atMs } = change;
    const store = this.#store;
    if (store.plant === 'no-compare') return false;
    const places = [...changedPlaces(change), ...this.#onlyReliedOn(change)];
    if (places.some((place) => store.standings.get(place)?.version !== this.#standings.get(place)?.version))
      return true;
    if (store.keys.version !== this.#keys.version) return true;
    if (this.#register.differs(store.register, change, store.plant)) return true;
    const isTaken = (key: string) => (store.requests.get(key)?.atMs ?? 0) > atMs - REQUESTS_KEPT_MS;
    return store.plant !== 'forgets-requests' && [...verdictsOf(change).keys()].some(isTaken);
  }

  /**
   * Returns places that were only read, also those of rehearsed writes: they are written unchanged.
   */
  #onlyReliedOn(change: Change): string[] {
    if (this.#store.plant === 'write-skew') return [];
    const changed = new Set(changedPlaces(change));
    const { reliedOn, rehearsed } = change;
    const places = new Set([...reliedOn, ...rehearsed].map(({ subject, purpose }) => placeOf(subject, purpose)));
    return [...places].filter((place) => !changed.has(place) && this.#standings.get(place) !== undefined);
  }

  /** Updates the cache like a load right after the commit. */
  #see(change: Change): void {
    this.#catchUp();
    this.#keys = { ...this.#store.keys };
    for (const place of [...changedPlaces(change), ...this.#onlyReliedOn(change)]) {
      this.#standings.set(place, this.#store.standings.get(place));
    }
    for (const [key, verdict] of verdictsOf(change)) this.#requests.set(key, verdict);
    for (const { subject } of change.files) this.#register.copy(this.#store.register.files, subject);
    for (const { number } of change.numbers)
      this.#register.numbers.set(number, this.#store.register.numbers.get(number) ?? 0);
  }

  async tidy(): Promise<void> {}

  async events(first: number, count: number): Promise<readonly LoggedEvent[]> {
    return this.#store
      .logOf(this.logId)
      .events.filter(({ logIndex, kind }) => logIndex >= first && kind !== UNSEEN)
      .slice(0, count);
  }

  async latestEvent(kinds: readonly EventKind[]): Promise<LoggedEvent | undefined> {
    return this.#store.logOf(this.logId).events.findLast(({ kind }) => kinds.includes(kind));
  }

  async leaves(first: number, count: number): Promise<readonly Uint8Array[]> {
    return this.#store.logOf(this.logId).leaves.slice(first, first + count);
  }

  async entry(logIndex: number): Promise<Entry> {
    return decodeEntry(this.#store.logOf(this.logId).leaves[logIndex] ?? new Uint8Array());
  }

  treeRoot(): Uint8Array {
    return this.#tree.root();
  }

  async fromTree<T>(make: (nodeAt: NodeAt) => T): Promise<T> {
    return make(this.#tree.nodes((level, number) => this.#tiles.get(`${level}/${number}`)));
  }

  async ceremonyEntries(id: string): Promise<readonly number[]> {
    return this.#ceremonies().flatMap((one, i) => (one === id ? [i] : []));
  }

  async latestCeremony(): Promise<string | undefined> {
    return this.#ceremonies().findLast((id) => id !== '');
  }

  async putCheckpoint(size: number, note: string): Promise<void> {
    const notes = this.#store.notes.get(this.logId) ?? new Map<number, string>();
    this.#store.notes.set(this.logId, notes.set(size, note));
  }

  async checkpoints(count: number): Promise<readonly string[]> {
    return [...(this.#store.notes.get(this.logId)?.values() ?? [])].slice(-count);
  }

  async scrub(): Promise<void> {}

  async close(): Promise<void> {}

  #ceremonies(): string[] {
    return this.#store.logOf(this.logId).leaves.map((leaf) => {
      const entry = decodeEntry(leaf);
      return entry.kind === 'ceremony' || entry.kind === 'restored' ? entry.ceremony : '';
    });
  }

  /** Updates the tree to the log in the store. */
  #catchUp(): void {
    const { leaves } = this.#store.logOf(this.logId);
    if (leaves.length === this.#tree.size) return;
    const full: Tile[] = this.#tree.stage(leafHashesOfEach(leaves.slice(this.#tree.size)));
    this.#tree.committed();
    for (const { level, number, hashes } of full) this.#tiles.set(`${level}/${number}`, hashes);
  }
}

function changedPlaces({ changed }: Change): string[] {
  return Array.from(changed, ({ subject, purpose }) => placeOf(subject, purpose));
}

function verdictsOf({ names, answered }: Change): Map<string, FormerVerdict> {
  return new Map(
    answered.map(({ request, logIndex, reason }) => [
      names.keyOf(request),
      { logIndex, reason, requestDigest: names.digestOf(request) },
    ]),
  );
}

function put(store: SharedStore, place: string, standing: Standing | undefined): void {
  if (standing === undefined) return;
  store.standings.set(place, { version: (store.standings.get(place)?.version ?? 0) + 1, standing });
}
