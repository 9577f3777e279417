import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Announcement,
  type CeremonyPlan,
  CustodyError,
  type DaemonState,
  type PersonRole,
  type SensitiveCommand,
  sharingScheme,
} from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { RamzClient } from '../ramz-client.ts';
import { forgottenVaults, knownVaults, PersonKeys, rememberVault } from './person-keys.ts';
import { Seat, type SeatActions } from './seat.ts';
import { VaultLine } from './vault-line.ts';

/** The rehearsal's script: one operator, three custodians, any two of whom open the vault. */
export const REHEARSAL_THRESHOLD = 2;
export const REHEARSAL_CUSTODIANS: readonly string[] = ['custodian-1', 'custodian-2', 'custodian-3'];
export const REHEARSAL_OPERATOR = 'operator-1';

/** A daemon of the test realm: its certificates and its people's keys are in its data directory. */
export interface Daemon {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
}

/** The progress of an unsealing. */
export interface UnsealProgress {
  readonly unsealed: boolean;
  /** The daemon's state after the last share; a clock that jumped keeps it from serving. */
  readonly state: DaemonState;
  readonly given: number;
  readonly threshold: number;
}

/**
 * The people of a rehearsal, who follow the real protocol by script. Their keys and shares are in
 * files under `<data-dir>/custodians`. Test realm only: real custodians keep neither on the
 * daemon's machine.
 */
export class Rehearsal {
  readonly #daemon: Daemon;
  readonly #dir: string;
  /** True when these people belong to another daemon on the same database. */
  readonly #areGuests: boolean;
  readonly #lines = new Map<string, VaultLine>();
  readonly #clients: RamzClient[] = [];

  /** @param peopleOf data directory of the daemon that these people belong to */
  constructor(daemon: Daemon, peopleOf: string = daemon.dataDir) {
    this.#daemon = daemon;
    this.#dir = join(peopleOf, 'custodians');
    this.#areGuests = resolve(peopleOf) !== resolve(daemon.dataDir);
    if (!this.#areGuests) mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
  }

  /** Returns a person's connection to the vault. Makes their keys if they have none yet. */
  async line(name: string, role: PersonRole = 'custodian'): Promise<VaultLine> {
    const found = this.#lines.get(name);
    if (found !== undefined) return found;
    const path = this.#keyFile(name);
    if (!existsSync(path)) await this.#makeKeys(name, role);
    const keys = await PersonKeys.load(path, () => Promise.reject(new Error(`${path} has a passphrase`)));
    const client = new RamzClient({ ...this.#daemon, caller: role });
    this.#clients.push(client);
    const known = knownVaults(path);
    // A rehearsal trusts the first vault it sees. Guests trust any vault and remember none. No one
    // else should do either.
    const believe = (identity: Uint8Array) => {
      if (!this.#areGuests) rememberVault(path, identity);
      return Promise.resolve(true);
    };
    const mayMeet = this.#areGuests || known.length === 0;
    const line = new VaultLine(client, keys, known, believe, mayMeet, forgottenVaults(path));
    this.#lines.set(name, line);
    return line;
  }

  async #makeKeys(name: string, role: PersonRole): Promise<void> {
    if (this.#areGuests) throw new Error(`${this.#keyFile(name)} is missing: did the first ceremony make ${name}?`);
    await (await PersonKeys.make(name, role, 'test')).save(this.#keyFile(name), undefined);
  }

  operator(): Promise<VaultLine> {
    return this.line(REHEARSAL_OPERATOR, 'operator');
  }

  /**
   * Holds the first ceremony, which makes keys and shares.
   * @throws CallRefused
   */
  async initialise(plan: Partial<CeremonyPlan> = {}): Promise<Announcement> {
    const operator = await this.operator();
    const whole: CeremonyPlan = {
      kind: 'initialise',
      scheme: 'slip39',
      threshold: REHEARSAL_THRESHOLD,
      custodians: [...REHEARSAL_CUSTODIANS],
      ...plan,
    };
    await operator.say({ type: 'open', plan: whole, person: operator.keys.person });
    return this.play(whole.custodians);
  }

  /** Opens a later ceremony, with as many approvals as it needs, and plays it. */
  async hold(
    kind: CeremonyPlan['kind'],
    plan: Partial<CeremonyPlan> = {},
    players?: readonly string[],
  ): Promise<Announcement> {
    await this.open(kind, plan);
    return this.play(players ?? (await (await this.operator()).look()).ceremony?.plan.custodians ?? []);
  }

  async open(kind: CeremonyPlan['kind'], plan: Partial<CeremonyPlan> = {}): Promise<Announcement> {
    const { holders, scheme, threshold } = await (await this.operator()).look();
    const whole: CeremonyPlan = { kind, scheme, threshold, custodians: [...holders], ...plan };
    return this.approved({ name: 'open-ceremony', plan: whole }, holders);
  }

  /** Proposes a command as the operator, and approves it as custodians until it runs. */
  async approved(command: SensitiveCommand, approvers: readonly string[]): Promise<Announcement> {
    const operator = await this.operator();
    let { nonce, now } = await operator.propose(command);
    for (const name of approvers) {
      if (!now.proposals.some((proposal) => proposal.nonce === nonce && proposal.used === 0)) break;
      const line = await this.line(name);
      now = await line.approve(await line.proposal(nonce));
    }
    return now;
  }

  /**
   * Performs everyone's duties until the ceremony has ended or no one has a duty.
   * @param movesMax number of duties after which to stop
   */
  async play(custodians: readonly string[], movesMax: number = Number.POSITIVE_INFINITY): Promise<Announcement> {
    const lines = [await this.operator()];
    for (const name of custodians) lines.push(await this.line(name));
    const seats = lines.map((line) => ({ line, seat: new Seat(line, this.#tableOf(line.name)) }));
    for (let moves = 0; ; ) {
      let moved = false;
      for (const { line, seat } of seats) {
        const before = await line.look();
        this.#putInForce(before);
        if (['finalised', 'aborted'].includes(before.ceremony?.phase ?? 'finalised')) return before;
        if (['wait', 'none'].includes(seat.dutyOf(before))) continue;
        if (moves >= movesMax) return before;
        moves += 1;
        await seat.serve(before);
        moved = true;
      }
      if (!moved) return (await this.operator()).look();
    }
  }

  /**
   * Gives the shares of these custodians, in turn. Opens the unsealing when none is open.
   * @throws CallRefused
   */
  async unseal(names: readonly string[]): Promise<UnsealProgress> {
    let now: Announcement | undefined;
    for (const name of names) now = await this.#give(name);
    const state = now?.state ?? 'sealed';
    const given = state === 'sealed' ? (now?.ceremony?.given.length ?? 0) : 0;
    return { unsealed: state === 'operational', state, given, threshold: now?.threshold ?? 0 };
  }

  async #give(name: string): Promise<Announcement> {
    if (!existsSync(this.#shareFile(name))) throw new Error(this.#whyNoShare(name));
    const line = await this.line(name);
    let now = await line.look();
    this.#putInForce(now);
    if (now.ceremony === null || ['finalised', 'aborted'].includes(now.ceremony.phase)) {
      const { scheme, threshold, holders } = now;
      const plan: CeremonyPlan = { kind: 'unseal', scheme, threshold, custodians: [...holders] };
      ({ now } = await line.propose({ name: 'open-ceremony', plan }));
    }
    const seat = new Seat(line, this.#tableOf(name));
    if (seat.dutyOf(now) !== 'give') throw new Error(`${name} gave a share already, or has none`);
    return seat.serve(now);
  }

  #whyNoShare(name: string): string {
    const file = this.#shareFile(name);
    return `${file} is missing: was the first ceremony at another daemon? Then name its data directory with --people-of; people with their own key files use --keys`;
  }

  /** Returns the encoded share of a person of the rehearsal. The caller wipes it. */
  share(name: string, scheme: CeremonyPlan['scheme'] = 'slip39'): Secret {
    return readShare(this.#shareFile(name), scheme);
  }

  /** Replaces former shares once the new ones are in force, not before: a crash may intervene. */
  #putInForce({ scheme, share_identifier: shareIdentifier }: Announcement): void {
    for (const name of this.#lines.keys()) {
      const path = this.#shareFile(name);
      if (!existsSync(`${path}.new`) || identifierIn(`${path}.new`, scheme) !== shareIdentifier) continue;
      renameSync(`${path}.new`, path);
    }
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  #keyFile(name: string): string {
    return join(this.#dir, `${name}.key.json`);
  }

  #shareFile(name: string): string {
    return join(this.#dir, `${name}.share`);
  }

  #tableOf(name: string): SeatActions {
    const path = this.#shareFile(name);
    return {
      compareRoster: () => Promise.resolve(true),
      writeDown: (share) => {
        // The former share stays until the new one is in force: the ceremony may be aborted.
        writeFileSync(`${path}.new`, share.expose(), { mode: 0o600 });
        return Promise.resolve();
      },
      typeShare: (scheme, which) => Promise.resolve(readShare(which === 'new' ? `${path}.new` : path, scheme)),
    };
  }
}

function readShare(path: string, scheme: CeremonyPlan['scheme']): Secret {
  using text = Secret.copy(readFileSync(path));
  return sharingScheme(scheme).read(text);
}

/** Returns undefined for a share of another scheme. */
function identifierIn(path: string, scheme: CeremonyPlan['scheme']): number | undefined {
  try {
    using share = readShare(path, scheme);
    return sharingScheme(scheme).check(share, []).identifier;
  } catch (error) {
    if (error instanceof CustodyError) return undefined;
    throw error;
  }
}

/** Runs `work` with the people of the rehearsal, and disconnects afterwards. */
export async function withRehearsal<T>(
  daemon: Daemon,
  work: (rehearsal: Rehearsal) => Promise<T>,
  peopleOf?: string,
): Promise<T> {
  const rehearsal = new Rehearsal(daemon, peopleOf);
  try {
    return await work(rehearsal);
  } finally {
    rehearsal.close();
  }
}
