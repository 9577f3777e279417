import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Announcement,
  type CeremonyPlan,
  CustodyError,
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

/** How far an unsealing came. */
export interface UnsealProgress {
  readonly unsealed: boolean;
  readonly given: number;
  readonly threshold: number;
}

/**
 * People of a rehearsal, whose keys and shares lie in files under `<data-dir>/custodians`: the real protocol,
 * played by script. In the test realm only: real custodians keep neither on the daemon's machine.
 */
export class Rehearsal {
  readonly #daemon: Daemon;
  readonly #dir: string;
  /** Theirs is elsewhere: they meet a further daemon on one database. */
  readonly #areGuests: boolean;
  readonly #lines = new Map<string, VaultLine>();
  readonly #clients: RamzClient[] = [];

  /** @param peopleOf data directory of the daemon whose people they are */
  constructor(daemon: Daemon, peopleOf: string = daemon.dataDir) {
    this.#daemon = daemon;
    this.#dir = join(peopleOf, 'custodians');
    this.#areGuests = resolve(peopleOf) !== resolve(daemon.dataDir);
    if (!this.#areGuests) mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
  }

  /** A person's line; their keys are made when they have none yet. */
  async line(name: string, role: PersonRole = 'custodian'): Promise<VaultLine> {
    const found = this.#lines.get(name);
    if (found !== undefined) return found;
    const path = this.#keyFile(name);
    if (!existsSync(path)) await this.#makeKeys(name, role);
    const keys = await PersonKeys.load(path, () => Promise.reject(new Error(`${path} has a passphrase`)));
    const client = new RamzClient({ ...this.#daemon, caller: role });
    this.#clients.push(client);
    const known = knownVaults(path);
    // A rehearsal believes the first vault it sees, and as a guest each, of which it keeps nothing; nobody else should.
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

  /** The first ceremony: keys and shares. @throws CallRefused */
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

  /** Opens a later ceremony, with as many approvals as it takes, and plays it. */
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

  /** Proposed by the operator, approved by custodians until it runs. */
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
   * Everybody does what is due, until the ceremony has ended or nobody has anything to do.
   * @param movesMax stop after so many duties
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

  /** These custodians give their shares, in turn. Opens the unsealing when none is open. @throws CallRefused */
  async unseal(names: readonly string[]): Promise<UnsealProgress> {
    let now: Announcement | undefined;
    for (const name of names) now = await this.#give(name);
    const unsealed = now?.state === 'operational';
    return { unsealed, given: unsealed ? 0 : (now?.ceremony?.given.length ?? 0), threshold: now?.threshold ?? 0 };
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
    return `${file} is missing: was the first ceremony at another daemon? Then name its data directory with --people-of; people with key files of their own give --keys`;
  }

  /** The encoded share of a person of the rehearsal. The caller wipes it. */
  share(name: string, scheme: CeremonyPlan['scheme'] = 'slip39'): Secret {
    return readShare(this.#shareFile(name), scheme);
  }

  /** A new share takes the former one's place when it is in force, and not before: a crash may come in between. */
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
        // The former share stays until the new one is in force: an aborted ceremony must not lose it.
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

/** Undefined for a share of another scheme. */
function identifierIn(path: string, scheme: CeremonyPlan['scheme']): number | undefined {
  try {
    using share = readShare(path, scheme);
    return sharingScheme(scheme).check(share, []).identifier;
  } catch (error) {
    if (error instanceof CustodyError) return undefined;
    throw error;
  }
}

/** Runs `work` with the people of the rehearsal, and hangs up afterwards. */
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
